-- Which tours are there, for whom, how long, and with how many steps?
SELECT t.tour, w.title, w.text AS audience, t.minutes, count(*) AS n_steps
FROM tour AS t JOIN tour_step USING (tour) JOIN wording AS w ON w.id = t.tour AND w.language = $lang
GROUP BY t.tour, w.title, w.text, t.minutes, t.position
ORDER BY t.position;

-- What does each step of one tour open, what is said to the room, and what should its presenter know?
SELECT s.step, s.place, w.title, w.text, s.note
FROM tour_step AS s JOIN wording AS w ON w.id = s.id AND w.language = $lang
WHERE s.tour = $tour
ORDER BY s.step;

-- Which critical criteria have failed, and where? They are told whatever the average says.
SELECT c.country, c.country_title, c.area, c.area_code, c.criterion, w.text, c.n_critical_failed
FROM chosen($framework, $round, $country, $principle, $risk_area, $right, $within) AS c
JOIN wording AS w ON w.id = c.criterion AND w.language = $lang
WHERE n_critical_failed > 0
ORDER BY c.criterion, c.country_title;

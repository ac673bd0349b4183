-- Which criteria has every shown country answered? The set on which a comparison is fair whatever else was asked.
WITH picked AS (
    SELECT criterion, country, n_answered FROM chosen($framework, $round, $countries, $criteria, [])
    WHERE country <> 'GROUP'
)
SELECT criterion FROM picked WHERE n_answered > 0
GROUP BY criterion
HAVING count(DISTINCT country) = (SELECT count(DISTINCT country) FROM picked)
ORDER BY criterion;

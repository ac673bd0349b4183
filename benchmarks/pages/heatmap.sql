-- How far is each country on each principle? What a page would ask to draw the heat map from the score tables, with SQL alone.
WITH cells AS (
    SELECT country, area, round(100 * sum(points) / nullif(sum(weight_answered), 0)) AS percent
    FROM score
    WHERE framework = $framework AND round = $round AND kind = 'respect' AND (len($areas) = 0 OR list_has_any(risk_areas, $areas))
    GROUP BY country, area
)
SELECT p.country, c.title AS country_title, a.area_code, percent
FROM (SELECT DISTINCT country FROM participation WHERE framework = $framework AND round = $round) AS p
JOIN country AS c USING (country)
CROSS JOIN (SELECT DISTINCT area, area_code, area_no FROM criterion_card WHERE framework = $framework) AS a
LEFT JOIN cells ON cells.country = p.country AND cells.area = a.area
ORDER BY p.country = 'GROUP', c.region, c.title, a.area_no;

-- In which risk areas are risks rated, and how gravely? The gravest first: severity, then the mean of its three grades, then
-- likelihood, taken together from one rating; never a product.
WITH rated AS (
    SELECT risk_area, country, max({severity: severity, second_key: second_key, likelihood: likelihood}) AS grades
    FROM exposure
    WHERE round = $round AND list_contains($countries, country) AND list_contains($impacts, impact)
    GROUP BY risk_area, country
)
SELECT risk_area, max(grades) AS grades, count(*) AS n_countries_rated,
    count(*) FILTER (WHERE grades.severity = top) AS n_countries_gravest
FROM (SELECT *, max(grades.severity) OVER (PARTITION BY risk_area) AS top FROM rated)
GROUP BY risk_area
ORDER BY grades DESC, risk_area;

-- The outside figures on record, each country's latest. A difference is computed from two figures of the same year,
-- unless somebody has published one for that year. Parts of the whole, such as girls, are not among them.
CREATE OR REPLACE TABLE figure AS
WITH whole AS (FROM context WHERE coalesce(sex, age, residence) IS NULL),
computed AS (
    SELECT m.country_no, i.indicator, m.year,
        CAST(round(try_cast(m.value AS DOUBLE) - try_cast(s.value AS DOUBLE), 1) AS VARCHAR) AS value,
        CASE WHEN m.publisher = s.publisher THEN m.publisher ELSE m.publisher || '; ' || s.publisher END AS publisher,
        CASE WHEN m.dataset = s.dataset THEN m.dataset ELSE m.dataset || '; ' || s.dataset END AS dataset,
        CASE WHEN m.licence = s.licence THEN m.licence ELSE m.licence || '; ' || s.licence END AS licence,
        coalesce(m.note, s.note) AS note
    FROM indicator AS i
    JOIN whole AS m ON m.indicator = i.difference_of[1]
    JOIN whole AS s ON s.indicator = i.difference_of[2] AND s.country_no = m.country_no AND s.year = m.year
),
every AS (
    SELECT * EXCLUDE (sex, age, residence), false AS computed FROM whole
    UNION ALL BY NAME
    SELECT *, true AS computed FROM computed WHERE value IS NOT NULL
)
SELECT c.country, x.*, i.title AS indicator_title, i.unit, i.limit_years,
    CASE WHEN isfinite(try_cast(x.value AS DOUBLE)) THEN try_cast(x.value AS DOUBLE) END AS number
FROM every AS x JOIN indicator AS i USING (indicator) JOIN country AS c USING (country_no)
QUALIFY row_number() OVER (PARTITION BY country_no, indicator ORDER BY x.year DESC, computed) = 1
ORDER BY indicator, country;

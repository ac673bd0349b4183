-- What do people call the codes? One row per name, the best first; `framework` if a code belongs to one. `meaning` is
-- `former` if the name is a code that it had before.
SELECT 'criterion' AS col, c.criterion AS code, w.text AS name, f.framework, '' AS meaning,
    w.language <> 'en' AS further
FROM criterion AS c JOIN framework AS f USING (framework_no) JOIN wording AS w ON w.id = c.criterion
UNION ALL
SELECT 'criterion', n.code, n.former, f.framework, 'former', true
FROM former_name AS n JOIN criterion AS c ON c.criterion = n.code JOIN framework AS f USING (framework_no)
UNION ALL
SELECT 'criterion', c.criterion, o.text, f.framework, '', true
FROM old_words AS o JOIN criterion AS c USING (criterion_no) JOIN framework AS f USING (framework_no)
WHERE o.text IS NOT NULL
UNION ALL
SELECT 'impact', i.impact, w.text, '', i.polarity, w.language <> 'en'
FROM impact AS i JOIN wording AS w ON w.id = i.impact
UNION ALL
SELECT 'round', round, title, '', '', false FROM round
UNION ALL
SELECT 'round', round, w.title, '', '', true FROM round JOIN wording AS w ON w.id = 'round/' || round
WHERE w.title IS NOT NULL
UNION ALL
SELECT 'operation', operation, title, '', '', false FROM operation
UNION ALL
SELECT 'operation', operation, unnest(formerly), '', 'former', true FROM operation
UNION ALL
SELECT 'country', country, unnest(formerly), '', 'former', true FROM country
UNION ALL
-- A country's name stands for its operation if it has only one.
SELECT 'operation', o.operation, unnest([c.title, c.country] || coalesce(w.titles, [])), '', '', true
FROM (SELECT any_value(operation) AS operation, country_no FROM operation GROUP BY country_no HAVING count(*) = 1) AS o
JOIN country AS c USING (country_no)
LEFT JOIN (SELECT id, list(title ORDER BY language) FILTER (title IS NOT NULL) AS titles FROM wording GROUP BY id) AS w
    ON w.id = 'country/' || c.country
UNION ALL
SELECT 'country', c.country, c.title, '', count(o.operation)::VARCHAR, false
FROM country AS c LEFT JOIN operation AS o USING (country_no) GROUP BY ALL
UNION ALL
SELECT 'indicator', indicator, title, '', '', false FROM indicator WHERE title IS NOT NULL
UNION ALL
SELECT split_part(id, '/', 1), split_part(id, '/', 2), title, '', '', true FROM wording
WHERE split_part(id, '/', 1) IN ('country', 'indicator') AND title IS NOT NULL
UNION ALL
SELECT DISTINCT 'status', s.status, s.title, f.framework,
    CASE WHEN s.counts_as <> 'answered' THEN s.counts_as
        WHEN s.value = max(s.value) OVER (PARTITION BY s.scale_no, s.counts_as) THEN 'full'
        WHEN s.value = min(s.value) OVER (PARTITION BY s.scale_no, s.counts_as) THEN 'nil'
        ELSE 'part' END, s.further
FROM (
    -- A word means the same on a scale that counts the other way round.
    SELECT * REPLACE (CASE WHEN reversed THEN 1 - value ELSE value END AS value), false AS further FROM scale
    UNION ALL BY NAME
    SELECT s.* REPLACE (w.title AS title, CASE WHEN reversed THEN 1 - value ELSE value END AS value), true AS further
    FROM scale AS s
    JOIN wording AS w ON w.id = s.wording_id WHERE w.title IS NOT NULL
) AS s JOIN framework AS f USING (framework_no)
ORDER BY col, further, code, name, meaning;

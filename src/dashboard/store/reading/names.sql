-- What do people call the codes? One row per name, the best first; `framework` if a code belongs to one.
SELECT 'criterion' AS col, c.criterion AS code, w.text AS name, f.framework, '' AS meaning, w.language <> 'en' AS further
FROM criterion AS c JOIN framework AS f USING (framework_no) JOIN wording AS w ON w.id = c.criterion
UNION ALL
SELECT 'criterion', n.code, n.former, f.framework, '', true
FROM former_name AS n JOIN criterion AS c ON c.criterion = n.code JOIN framework AS f USING (framework_no)
UNION ALL
SELECT 'criterion', c.criterion, o.text, f.framework, '', true
FROM old_words AS o JOIN criterion AS c USING (criterion_no) JOIN framework AS f USING (framework_no) WHERE o.text IS NOT NULL
UNION ALL
SELECT 'impact', i.impact, w.text, '', i.polarity, w.language <> 'en' FROM impact AS i JOIN wording AS w ON w.id = i.impact
UNION ALL
SELECT 'round', round, title, '', '', false FROM round
UNION ALL
SELECT 'operation', operation, title, '', '', false FROM operation
UNION ALL
-- A country's name stands for its operation if it has only one.
SELECT 'operation', any_value(o.operation), unnest([any_value(c.title), any_value(c.country)]), '', '', true
FROM operation AS o JOIN country AS c USING (country_no) GROUP BY c.country_no HAVING count(*) = 1
UNION ALL
SELECT 'status', s.status, s.title, f.framework,
    CASE WHEN s.counts_as <> 'answered' THEN s.counts_as
        WHEN s.value = max(s.value) OVER (PARTITION BY s.framework_no, s.counts_as) THEN 'full'
        WHEN s.value = min(s.value) OVER (PARTITION BY s.framework_no, s.counts_as) THEN 'nil'
        ELSE 'part' END, false
FROM scale AS s JOIN framework AS f USING (framework_no)
ORDER BY col, further, code, name;

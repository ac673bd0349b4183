-- Which criteria are asked of whom? Level, services, frameworks and the first round decide; see docs/data-format.md.

UPDATE operation SET profile_no = p.profile_no
FROM (
    SELECT operation_no, dense_rank() OVER (ORDER BY kind, services, frameworks, first_round) AS profile_no
    FROM operation
) AS p
WHERE p.operation_no = operation.operation_no;

DELETE FROM asked;
INSERT INTO asked
WITH profile AS (
    SELECT profile_no, any_value(kind) AS kind, any_value(services) AS services, any_value(frameworks) AS frameworks,
        any_value(first_round) AS first_round
    FROM operation GROUP BY profile_no
)
SELECT r.round_no, p.profile_no, c.criterion_no
FROM round AS r
CROSS JOIN profile AS p
CROSS JOIN criterion AS c
JOIN framework AS f USING (framework_no)
LEFT JOIN round AS joined ON joined.round = p.first_round
WHERE kept(r.frameworks, f.framework)
    AND kept(p.frameworks, f.framework)
    AND r.position >= coalesce(joined.position, 0)
    AND c.level IN ('both', p.kind)
    AND (p.kind = 'group' OR len(c.services) = 0 OR list_has_any(c.services, p.services));

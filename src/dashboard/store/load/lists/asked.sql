-- Which criteria are asked of whom? This depends on level, services, frameworks, the first round and the version that
-- the round answers; see docs/data-format.md.

UPDATE operation SET profile_no = p.profile_no
FROM (
    SELECT operation_no, dense_rank() OVER (ORDER BY kind, services, frameworks, first_round) AS profile_no
    FROM operation
) AS p
WHERE p.operation_no = operation.operation_no;

-- What a later version added is not asked in a round that names an earlier one, nor in a closed round that was not
-- asked it.
CREATE TEMP TABLE not_yet AS
WITH named AS (
    SELECT round_no, split_part(said, '=', 1) AS framework, version_of(split_part(said, '=', 2)) AS version
    FROM (SELECT round_no, unnest(versions) AS said FROM round)
)
SELECT r.round_no, c.criterion_no
FROM criterion AS c
JOIN framework AS f USING (framework_no)
CROSS JOIN round AS r
LEFT JOIN named AS n ON n.round_no = r.round_no AND n.framework = f.framework
WHERE c.added IS NOT NULL AND CASE
    WHEN n.version IS NOT NULL THEN n.version < version_of(c.added)
    ELSE r.round IN (SELECT round FROM was_closed) AND NOT EXISTS (
        FROM asked AS a WHERE a.round_no = r.round_no AND a.criterion_no = c.criterion_no
    )
END;

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
    AND (p.kind = 'group' OR len(c.services) = 0 OR list_has_any(c.services, p.services))
    AND NOT EXISTS (FROM not_yet AS y WHERE y.round_no = r.round_no AND y.criterion_no = c.criterion_no);
DROP TABLE not_yet;

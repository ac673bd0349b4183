-- Which criteria are asked of whom? This depends on level, services, frameworks, the first and last round and the
-- version that the round answers; see docs/data-format.md. `short_start.sql` takes away what a short start leaves out.

UPDATE operation SET profile_no = p.profile_no
FROM (
    SELECT operation_no,
        dense_rank() OVER (ORDER BY kind, services, frameworks, first_round, last_round, short_until) AS profile_no
    FROM operation
) AS p
WHERE p.operation_no = operation.operation_no;

-- What a later version added is not asked in a round that names an earlier one, nor in a closed round that was not
-- asked it. What an earlier version asked for the last time is not asked in a round of a later one, unless the round is
-- closed and was asked it, or somebody has answered it there.
CREATE TEMP TABLE left_out AS
WITH named AS (
    SELECT round_no, split_part(said, '=', 1) AS framework, version_of(split_part(said, '=', 2)) AS version
    FROM (SELECT round_no, unnest(versions) AS said FROM round)
)
SELECT r.round_no, c.criterion_no
FROM criterion AS c
JOIN framework AS f USING (framework_no)
CROSS JOIN round AS r
LEFT JOIN named AS n ON n.round_no = r.round_no AND n.framework = f.framework
LEFT JOIN was_closed AS w ON w.round = r.round
LEFT JOIN (SELECT DISTINCT round_no, criterion_no FROM asked) AS a
    ON a.round_no = r.round_no AND a.criterion_no = c.criterion_no
WHERE (c.added IS NOT NULL AND CASE
    WHEN n.version IS NOT NULL THEN n.version < version_of(c.added)
    ELSE w.round IS NOT NULL AND a.criterion_no IS NULL
END) OR (c.until IS NOT NULL AND CASE
    WHEN n.version IS NOT NULL THEN n.version > version_of(c.until)
    ELSE version_of(f.version) > version_of(c.until) AND (w.round IS NULL OR a.criterion_no IS NULL) AND NOT EXISTS (
        FROM answer AS k JOIN scale AS s USING (status_no)
        WHERE k.round_no = r.round_no AND k.criterion_no = c.criterion_no AND s.counts_as <> 'unanswered'
    )
END);

DELETE FROM asked;
INSERT INTO asked
WITH profile AS (
    SELECT profile_no, any_value(kind) AS kind, any_value(services) AS services, any_value(frameworks) AS frameworks,
        any_value(first_round) AS first_round, any_value(last_round) AS last_round
    FROM operation GROUP BY profile_no
)
SELECT r.round_no, p.profile_no, c.criterion_no
FROM round AS r
CROSS JOIN profile AS p
CROSS JOIN criterion AS c
JOIN framework AS f USING (framework_no)
LEFT JOIN round AS joined ON joined.round = p.first_round
LEFT JOIN round AS ended ON ended.round = p.last_round
WHERE kept(r.frameworks, f.framework)
    AND kept(p.frameworks, f.framework)
    AND r.position >= coalesce(joined.position, 0)
    AND (ended.position IS NULL OR r.position <= ended.position)
    AND c.level IN ('both', p.kind)
    AND (p.kind = 'group' OR len(c.services) = 0 OR list_has_any(c.services, p.services))
    AND NOT EXISTS (FROM left_out AS y WHERE y.round_no = r.round_no AND y.criterion_no = c.criterion_no);
DROP TABLE left_out;

-- Which operations are asked only a short start, in which rounds?
DELETE FROM short_start;
INSERT INTO short_start
SELECT r.round_no, o.operation_no
FROM operation AS o
JOIN round AS until ON until.round = o.short_until
LEFT JOIN round AS joined ON joined.round = o.first_round
JOIN round AS r ON r.position BETWEEN coalesce(joined.position, 0) AND until.position;

-- Which version does an answer of this load answer? The one its row names, else its round's, else the current one.
-- One row per round, framework and possible value in the row ('' for none).
CREATE TEMP TABLE asked_version AS
WITH named AS (
    SELECT round_no, split_part(said, '=', 1) AS framework, split_part(said, '=', 2) AS version
    FROM (SELECT round_no, unnest(versions) AS said FROM round)
)
SELECT r.round_no, f.framework_no, '' AS said, v.version_no
FROM round AS r
CROSS JOIN framework AS f
LEFT JOIN named AS n ON n.round_no = r.round_no AND n.framework = f.framework
JOIN framework_version AS v
    ON v.framework_no = f.framework_no AND version_of(v.version) = version_of(coalesce(n.version, f.version))
UNION ALL
SELECT r.round_no, v.framework_no, s.said, v.version_no
FROM (SELECT DISTINCT framework_version AS said FROM staged_answers WHERE framework_version IS NOT NULL) AS s
CROSS JOIN round AS r
JOIN framework_version AS v ON version_of(v.version) = version_of(s.said);

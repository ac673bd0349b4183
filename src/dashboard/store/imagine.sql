-- Which answers would be others? They stand in a temporary table of one cursor, and `answer` becomes a view of them over the
-- published ones, so that the same questions find what is imagined. Round, operation, criterion and status of each change
-- stand in four lists. What is not asked there cannot be imagined.

CREATE TEMP TABLE imagined AS
SELECT a.* REPLACE (s.status_no AS status_no, NULL AS note,
    CASE WHEN s.counts_as = 'not_applicable' THEN $reason END AS na_reason,
    -- Where nobody had answered there was no evidence to speak of.
    CASE WHEN w.counts_as <> 'unanswered' THEN a.evidence END AS evidence,
    -- An imagined answer is to the words of today.
    CASE WHEN s.counts_as <> 'unanswered' THEN v.version_no END AS version_no)
FROM (SELECT unnest($rounds) AS round, unnest($operations) AS operation, unnest($criteria) AS criterion, unnest($statuses) AS status) AS c
JOIN operation AS o ON o.operation = c.operation
JOIN criterion AS k ON k.criterion = c.criterion
JOIN round AS r ON r.round = c.round
JOIN scale AS s ON s.framework_no = k.framework_no AND s.status = c.status
JOIN framework AS f ON f.framework_no = k.framework_no
JOIN framework_version AS v ON v.framework_no = f.framework_no AND v.version = f.version
JOIN answer AS a ON a.round_no = r.round_no AND a.operation_no = o.operation_no AND a.criterion_no = k.criterion_no
JOIN scale AS w ON w.status_no = a.status_no;

-- What would be scored if some answers were others? Everything stands in temporary tables of one cursor, under the names of
-- the published ones, so that the same questions find what is imagined. `$round` names the round of the answers; operation,
-- criterion and status of each change stand in three lists. What is not asked there cannot be imagined.

CREATE TEMP TABLE imagined AS
SELECT a.* REPLACE (s.status_no AS status_no, NULL AS note, NULL AS na_reason,
    -- An imagined answer is to the words of today.
    CASE WHEN s.counts_as <> 'unanswered' THEN v.version_no END AS version_no)
FROM (SELECT unnest($operations) AS operation, unnest($criteria) AS criterion, unnest($statuses) AS status) AS c
JOIN operation AS o ON o.operation = c.operation
JOIN criterion AS k ON k.criterion = c.criterion
JOIN round AS r ON r.round = $round
JOIN scale AS s ON s.framework_no = k.framework_no AND s.status = c.status
JOIN framework AS f ON f.framework_no = k.framework_no
JOIN framework_version AS v ON v.framework_no = f.framework_no AND v.version = f.version
JOIN answer AS a ON a.round_no = r.round_no AND a.operation_no = o.operation_no AND a.criterion_no = k.criterion_no;

-- The rounds next to each other, framework by framework: change in a later round is measured from what is imagined.
CREATE TEMP TABLE neighbour AS
SELECT framework_no, round_no, lead(round_no) OVER (PARTITION BY framework_no ORDER BY position) AS later_no
FROM (SELECT DISTINCT framework_no, round_no, position FROM tally JOIN criterion USING (criterion_no) JOIN round USING (round_no));

CREATE TEMP TABLE touched AS
WITH changed AS (SELECT DISTINCT round_no, country_no FROM imagined JOIN operation USING (operation_no))
SELECT round_no, country_no FROM changed
UNION
SELECT later_no, country_no FROM changed JOIN neighbour USING (round_no) WHERE later_no IS NOT NULL
UNION
-- What is unanswered elsewhere would inherit other answers of the head office.
SELECT DISTINCT round_no, country_no FROM tally
WHERE round_no IN (SELECT round_no FROM imagined JOIN operation USING (operation_no) WHERE kind <> 'operation');

CREATE TEMP TABLE tally AS FROM tally ANTI JOIN touched USING (round_no, country_no);
CREATE TEMP TABLE matched AS FROM matched ANTI JOIN touched USING (round_no, country_no);

-- Only what is folded: the rounds touched and, for change, those before them, in the countries concerned and the head office.
CREATE TEMP TABLE answer AS
WITH wanted AS (
    SELECT round_no FROM touched UNION SELECT n.round_no FROM neighbour AS n JOIN touched AS t ON t.round_no = n.later_no
),
concerned AS (SELECT operation_no FROM operation WHERE kind <> 'operation' OR country_no IN (SELECT country_no FROM touched))
SELECT a.round_no, a.operation_no, a.criterion_no, coalesce(i.status_no, a.status_no) AS status_no, a.evidence, a.answered_on,
    CASE WHEN i.status_no IS NULL THEN a.version_no ELSE i.version_no END AS version_no
FROM answer AS a LEFT JOIN imagined AS i USING (round_no, operation_no, criterion_no)
WHERE a.round_no IN (FROM wanted) AND a.operation_no IN (FROM concerned);

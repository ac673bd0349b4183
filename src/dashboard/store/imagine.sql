-- Which answers would be different? They are in a temporary table of one cursor, whose view `answer` overlays the
-- published ones, so that the same questions see what is imagined. A short start stays as it is. `changed` holds
-- changes to answers of one round by number; later ones win.

CREATE TEMP TABLE IF NOT EXISTS imagined (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, status_no SMALLINT, na_reason VARCHAR,
    version_no SMALLINT
);

DELETE FROM imagined AS i USING changed AS c, round AS r
WHERE r.round = $round AND i.round_no = r.round_no AND i.operation_no = c.operation_no
    AND i.criterion_no = c.criterion_no;

INSERT INTO imagined
SELECT r.round_no, c.operation_no, c.criterion_no, c.status_no,
    CASE WHEN s.counts_as = 'not_applicable' THEN $reason END,
    -- An imagined answer is to the current wording.
    CASE WHEN s.counts_as <> 'unanswered' THEN v.version_no END
FROM changed AS c
JOIN round AS r ON r.round = $round
JOIN scale AS s USING (status_no)
JOIN framework AS f ON f.framework_no = s.framework_no
JOIN framework_version AS v ON v.framework_no = f.framework_no AND v.version = f.version
ANTI JOIN short_start AS x ON x.round_no = r.round_no AND x.operation_no = c.operation_no;

-- Which single answers differ between the two rounds? A status is null if that round did not ask; `since` is the
-- version that changed the wording in between. Of an operation that only one round asked something, all answers are
-- listed: they tell whether it asked everything. Nothing moves since a short start, which is in no figure: an answer
-- that was asked there stands beside itself.
WITH pairs AS (
    SELECT operation_no, criterion_no, n.status_no AS now_no, n.version_no AS now_version_no,
        CASE WHEN e.short THEN coalesce(n.status_no, e.status_no) ELSE e.status_no END AS was_no,
        CASE WHEN e.short THEN n.version_no ELSE e.version_no END AS was_version_no
    FROM (
        SELECT operation_no, criterion_no, status_no, version_no FROM answer
        WHERE round_no = (SELECT round_no FROM round WHERE round = $round)
    ) AS n
    FULL JOIN (
        SELECT operation_no, criterion_no, status_no, version_no, s.round_no IS NOT NULL AS short
        FROM answer LEFT JOIN short_start AS s USING (round_no, operation_no)
        WHERE round_no = (SELECT round_no FROM round WHERE round = $earlier)
    ) AS e USING (operation_no, criterion_no)
),
one_sided AS (SELECT DISTINCT operation_no FROM pairs WHERE now_no IS NULL OR was_no IS NULL)
SELECT operation_no, pairs.criterion_no, now_no, was_no,
    -- Without an answer, no wording was answered.
    CASE
        WHEN now_version_no IS NOT NULL AND was_version_no IS NOT NULL
            AND coalesce(nw.until, '') <> coalesce(ow.until, '')
        THEN coalesce(ow.until, nw.until)
    END AS since
FROM pairs
LEFT JOIN old_words AS nw ON nw.version_no = now_version_no AND nw.criterion_no = pairs.criterion_no
LEFT JOIN old_words AS ow ON ow.version_no = was_version_no AND ow.criterion_no = pairs.criterion_no
WHERE now_no IS DISTINCT FROM was_no OR since IS NOT NULL OR operation_no IN (FROM one_sided)
ORDER BY operation_no, pairs.criterion_no;

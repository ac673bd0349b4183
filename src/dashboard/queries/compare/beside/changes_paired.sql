-- Which answers correspond to which of the earlier round? One row per country, criterion, pair of statuses and whether
-- the wording changed in between. A status is null if that round did not ask. `n` counts answers. If figures are means
-- of operations or groups, each has its own rows; a group's are those of its first operation. A short start is in no
-- figure of its country: as here, it was not asked yet.
WITH counted AS (FROM answer ANTI JOIN short_start USING (round_no, operation_no)),
pairs AS (
    SELECT operation_no, criterion_no, n.status_no AS now_no, e.status_no AS was_no, n.version_no AS now_version_no,
        e.version_no AS was_version_no
    FROM (
        SELECT operation_no, criterion_no, status_no, version_no FROM counted
        WHERE round_no = (SELECT round_no FROM round WHERE round = $round)
    ) AS n
    FULL JOIN (
        SELECT operation_no, criterion_no, status_no, version_no FROM counted
        WHERE round_no = (SELECT round_no FROM round WHERE round = $earlier)
    ) AS e USING (operation_no, criterion_no)
),
alike AS (
    SELECT country_no,
        CASE country_figure WHEN 'mean of operations' THEN operation WHEN 'mean of groups' THEN first_operation END
        AS operation, criterion_no, now_no, was_no,
        now_version_no, was_version_no, count(*) AS n
    FROM pairs JOIN operation USING (operation_no)
    JOIN (SELECT c.operation_no, o.operation AS first_operation
        FROM counted_with AS c JOIN operation AS o ON o.operation_no = first_no)
        USING (operation_no)
    JOIN criterion USING (criterion_no) JOIN framework USING (framework_no)
    GROUP BY ALL
)
SELECT country, operation, alike.criterion_no, now_no, was_no, n,
    -- Without an answer, no wording was answered.
    now_version_no IS NOT NULL AND was_version_no IS NOT NULL
    AND coalesce(nw.until, '') <> coalesce(ow.until, '') AS reworded
FROM alike
JOIN country USING (country_no)
LEFT JOIN old_words AS nw ON nw.version_no = now_version_no AND nw.criterion_no = alike.criterion_no
LEFT JOIN old_words AS ow ON ow.version_no = was_version_no AND ow.criterion_no = alike.criterion_no
ORDER BY country, operation, alike.criterion_no, now_no, was_no, reworded, n;

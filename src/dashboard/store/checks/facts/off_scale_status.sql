-- Which answers or reviews have a status that is not on their criterion's scale, and which actions expect one?
INSERT INTO found
WITH allowed AS (
    SELECT criterion, status, counts_as FROM criterion JOIN scale USING (scale_no)
),
-- Of numbers, only the lowest and the highest are listed.
named AS (
    SELECT scale_no, concat_ws(', ', arg_min(status, number) || '–' || arg_max(status, number),
        string_agg(status, ', ' ORDER BY status_no) FILTER (number IS NULL)) AS words
    FROM scale WHERE counts_as <> 'unanswered' GROUP BY scale_no
),
reached AS (
    SELECT scale_no, concat_ws(', ', arg_min(status, number) || '–' || arg_max(status, number),
        string_agg(status, ', ' ORDER BY status_no) FILTER (number IS NULL)) AS words
    FROM scale WHERE counts_as = 'answered' GROUP BY scale_no
)
SELECT 'off_scale', 'answers', s.rowid, 'status', s.status, named.words
FROM staged_answers AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.status
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (scale_no)
UNION ALL
SELECT 'off_scale', 'reviews', s.rowid, 'reviewed_status', s.reviewed_status, named.words
FROM staged_reviews AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.reviewed_status
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (scale_no)
WHERE s.reviewed_status IS NOT NULL
UNION ALL
-- Not answering is not a rating.
SELECT 'off_scale', 'reviews', s.rowid, 'rated_status', s.rated_status, named.words
FROM staged_reviews AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.rated_status
    AND allowed.counts_as <> 'unanswered'
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (scale_no)
WHERE s.rated_status IS NOT NULL
UNION ALL
SELECT 'off_scale', 'actions', s.rowid, 'expected_status', s.expected_status, reached.words
FROM staged_actions AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.expected_status
    AND allowed.counts_as = 'answered'
JOIN criterion ON criterion.criterion = s.criterion
JOIN reached USING (scale_no)
WHERE s.expected_status IS NOT NULL;

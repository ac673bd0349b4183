-- Which answers or reviews have a status that is not on their framework's scale, and which actions expect one?
INSERT INTO found
WITH allowed AS (
    SELECT criterion, status, counts_as FROM criterion JOIN scale USING (framework_no)
),
named AS (
    SELECT framework_no, string_agg(status, ', ' ORDER BY status_no) AS words FROM scale
    WHERE counts_as <> 'unanswered' GROUP BY framework_no
),
reached AS (
    SELECT framework_no, string_agg(status, ', ' ORDER BY status_no) AS words FROM scale
    WHERE counts_as = 'answered' GROUP BY framework_no
)
SELECT 'off_scale', 'answers', s.rowid, 'status', s.status, named.words
FROM staged_answers AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.status
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (framework_no)
UNION ALL
SELECT 'off_scale', 'reviews', s.rowid, 'reviewed_status', s.reviewed_status, named.words
FROM staged_reviews AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.reviewed_status
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (framework_no)
WHERE s.reviewed_status IS NOT NULL
UNION ALL
-- Not answering is not a rating.
SELECT 'off_scale', 'reviews', s.rowid, 'rated_status', s.rated_status, named.words
FROM staged_reviews AS s
ANTI JOIN allowed ON allowed.criterion = s.criterion AND allowed.status = s.rated_status AND allowed.counts_as <> 'unanswered'
JOIN criterion ON criterion.criterion = s.criterion
JOIN named USING (framework_no)
WHERE s.rated_status IS NOT NULL
UNION ALL
SELECT 'off_scale', 'actions', s.rowid, 'expected_status', s.expected_status, reached.words
FROM staged_actions AS s
JOIN criterion ON criterion.criterion = s.criterion
JOIN reached USING (framework_no)
WHERE NOT list_contains(string_split(reached.words, ', '), s.expected_status);

-- Which answers are not applicable, actions dropped, or answers returned or put on hold, without a reason?
INSERT INTO found
WITH without AS (
    SELECT criterion, status FROM criterion JOIN scale USING (scale_no) WHERE counts_as = 'not_applicable'
)
SELECT 'reason_missing', 'answers', s.rowid, 'na_reason', s.status, NULL
FROM staged_answers AS s SEMI JOIN without ON without.criterion = s.criterion AND without.status = s.status
WHERE s.na_reason IS NULL
UNION ALL
SELECT 'reason_missing', 'reviews', rowid, 'comment', verdict, NULL
FROM staged_reviews WHERE verdict IN ('asked_back', 'on_hold') AND comment IS NULL
UNION ALL
SELECT 'reason_missing', 'actions', rowid, 'reason', status, NULL
FROM staged_actions WHERE status = 'dropped' AND reason IS NULL;

-- Which rows name a criterion that no framework has?
INSERT INTO found
SELECT 'unknown_criterion', 'answers', s.rowid, 'criterion', s.criterion, NULL
FROM staged_answers AS s ANTI JOIN criterion ON criterion.criterion = s.criterion
UNION ALL
SELECT 'unknown_criterion', 'reviews', s.rowid, 'criterion', s.criterion, NULL
FROM staged_reviews AS s ANTI JOIN criterion ON criterion.criterion = s.criterion
UNION ALL
SELECT 'unknown_criterion', 'actions', s.rowid, 'criterion', s.criterion, NULL
FROM staged_actions AS s ANTI JOIN criterion ON criterion.criterion = s.criterion
WHERE s.criterion IS NOT NULL;

-- Which actions lack their key, which reviews name no role, and which context figures hold no figure?
INSERT INTO found
SELECT 'missing_value', 'actions', rowid, 'action', NULL, NULL FROM staged_actions WHERE action IS NULL
UNION ALL
SELECT 'missing_value', 'reviews', rowid, 'reviewed_by_role', NULL, NULL FROM staged_reviews WHERE reviewed_by_role IS NULL
UNION ALL
SELECT 'missing_value', 'context', rowid, 'value', NULL, NULL FROM staged_context WHERE value IS NULL;

-- Which actions lack what they are known by, and which context figures hold no figure?
INSERT INTO found
SELECT 'missing_value', 'actions', rowid, 'action', NULL, NULL FROM staged_actions WHERE action IS NULL
UNION ALL
SELECT 'missing_value', 'context', rowid, 'value', NULL, NULL FROM staged_context WHERE value IS NULL;

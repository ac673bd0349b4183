-- Which actions do not say what is to be done?
INSERT INTO found
SELECT 'says_nothing', 'actions', rowid, 'text', NULL, NULL FROM staged_actions
WHERE text IS NULL AND action IS NOT NULL;

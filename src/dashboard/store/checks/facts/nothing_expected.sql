-- Which actions on an impact expect a status? Only criteria have one.
INSERT INTO noticed
SELECT 'nothing_expected', 'actions', rowid, 'expected_status', expected_status, NULL
FROM staged_actions WHERE impact IS NOT NULL AND criterion IS NULL AND expected_status IS NOT NULL;

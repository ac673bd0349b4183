-- Which actions concern neither a criterion nor an impact, or both?
INSERT INTO found
SELECT 'one_subject', 'actions', rowid, 'criterion', criterion, NULL
FROM staged_actions WHERE (criterion IS NULL) = (impact IS NULL);

-- Which cells hold a formula where a code or a date belongs?
INSERT INTO found
SELECT 'formula', 'answers', rowid, 'round', round, NULL FROM staged_answers WHERE round LIKE '=%'
UNION ALL SELECT 'formula', 'answers', rowid, 'operation', operation, NULL FROM staged_answers WHERE operation LIKE '=%'
UNION ALL SELECT 'formula', 'answers', rowid, 'criterion', criterion, NULL FROM staged_answers WHERE criterion LIKE '=%'
UNION ALL SELECT 'formula', 'answers', rowid, 'status', status, NULL FROM staged_answers WHERE status LIKE '=%'
UNION ALL SELECT 'formula', 'answers', rowid, 'answered_on', answered_on, NULL FROM staged_answers
WHERE answered_on LIKE '=%';

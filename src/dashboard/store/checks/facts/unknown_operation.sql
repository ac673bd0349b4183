-- Which rows name an operation that is not in the list of operations?
INSERT INTO found
SELECT 'unknown_operation', 'answers', s.rowid, 'operation', s.operation, NULL
FROM staged_answers AS s ANTI JOIN operation ON operation.operation = s.operation
UNION ALL
SELECT 'unknown_operation', 'reviews', s.rowid, 'operation', s.operation, NULL
FROM staged_reviews AS s ANTI JOIN operation ON operation.operation = s.operation
UNION ALL
SELECT 'unknown_operation', 'risk_ratings', s.rowid, 'operation', s.operation, NULL
FROM staged_risk_ratings AS s ANTI JOIN operation ON operation.operation = s.operation
UNION ALL
SELECT 'unknown_operation', 'opportunity_ratings', s.rowid, 'operation', s.operation, NULL
FROM staged_opportunity_ratings AS s ANTI JOIN operation ON operation.operation = s.operation
UNION ALL
SELECT 'unknown_operation', 'actions', s.rowid, 'operation', s.operation, NULL
FROM staged_actions AS s ANTI JOIN operation ON operation.operation = s.operation;

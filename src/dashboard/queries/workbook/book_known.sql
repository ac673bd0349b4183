-- Which operations and rounds are known, whatever is asked of them?
SELECT 'operation' AS known, operation AS code FROM operation
UNION ALL
SELECT 'round', round FROM round
ORDER BY known, code;

-- Which operations and rounds are known, whatever they are asked?
SELECT 'operation' AS known, operation AS code FROM operation
UNION ALL
SELECT 'round', round FROM round
ORDER BY known, code;

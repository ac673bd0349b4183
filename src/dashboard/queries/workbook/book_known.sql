-- Which operations and rounds are known, whatever they are asked, and which code has each now?
SELECT 'operation' AS known, operation AS code, operation AS now FROM operation
UNION ALL
SELECT 'operation', unnest(formerly), operation FROM operation
UNION ALL
SELECT 'round', round, round FROM round
ORDER BY known, code;

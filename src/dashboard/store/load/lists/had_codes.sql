-- Has any country or operation had another code?
SELECT 1 FROM (SELECT formerly FROM country UNION ALL SELECT formerly FROM operation) WHERE len(formerly) > 0 LIMIT 1;

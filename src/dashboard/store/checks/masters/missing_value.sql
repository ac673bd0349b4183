-- Which rows of the lists lack their key?
INSERT INTO found
SELECT 'missing_value', 'countries', rowid, 'country', NULL, NULL FROM staged_countries WHERE country IS NULL
UNION ALL
SELECT 'missing_value', 'operations', rowid, 'operation', NULL, NULL FROM staged_operations WHERE operation IS NULL
UNION ALL
SELECT 'missing_value', 'operations', rowid, 'country', NULL, NULL
FROM staged_operations WHERE kind = 'operation' AND country IS NULL
UNION ALL
SELECT 'missing_value', 'rounds', rowid, 'round', NULL, NULL FROM staged_rounds WHERE round IS NULL
UNION ALL
SELECT 'missing_value', 'indicators', rowid, 'indicator', NULL, NULL FROM staged_indicators WHERE indicator IS NULL;

-- Which rows of the lists name something that an earlier row named?
INSERT INTO found
WITH named AS (
    SELECT 'countries' AS form, rowid AS row_id, 'country' AS col, country AS code FROM staged_countries
    UNION ALL SELECT 'operations', rowid, 'operation', operation FROM staged_operations
    UNION ALL SELECT 'rounds', rowid, 'round', round FROM staged_rounds
    UNION ALL SELECT 'indicators', rowid, 'indicator', indicator FROM staged_indicators
)
SELECT 'duplicate_row', form, row_id, col, code, NULL
FROM named
WHERE code IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY form, code ORDER BY row_id) > 1;

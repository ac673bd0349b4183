-- Which new codes contain characters with a special meaning in a link, a list or a sentence? Stored ones are accepted.
INSERT INTO found
WITH codes AS (
    SELECT 'countries' AS form, rowid AS row_id, 'country' AS col, country AS code FROM staged_countries
    UNION ALL SELECT 'operations', rowid, 'operation', operation FROM staged_operations
    UNION ALL SELECT 'rounds', rowid, 'round', round FROM staged_rounds
    UNION ALL SELECT 'indicators', rowid, 'indicator', indicator FROM staged_indicators
    UNION ALL SELECT 'actions', rowid, 'action', action FROM staged_actions
), stored AS (
    SELECT 'countries' AS form, country AS code FROM country
    UNION ALL SELECT 'operations', operation FROM operation
    UNION ALL SELECT 'rounds', round FROM round
    UNION ALL SELECT 'indicators', indicator FROM indicator
    UNION ALL SELECT 'actions', action FROM action
)
SELECT 'bad_code', form, row_id, col, code, 'GHA, gha-op, 2025'
FROM codes ANTI JOIN stored USING (form, code)
WHERE NOT regexp_full_match(code, '[\p{Latin}\p{N}]+([ ._/-][\p{Latin}\p{N}]+)*');

-- Which context figures name an unknown country or indicator, no year, or no source?
INSERT INTO found
SELECT 'unknown_country', 'context', s.rowid, 'country', s.country, NULL
FROM staged_context AS s ANTI JOIN country ON country.country = s.country
UNION ALL
SELECT 'unknown_indicator', 'context', s.rowid, 'indicator', s.indicator, NULL
FROM staged_context AS s ANTI JOIN indicator ON indicator.indicator = s.indicator
UNION ALL
SELECT 'bad_number', 'context', rowid, 'year', year, '1900 to 2100'
FROM staged_context
-- Digits only: a cast would silently round 2021.6 to 2022.
WHERE NOT coalesce(regexp_full_match(year, '\d{4}') AND year BETWEEN '1900' AND '2100', false)
UNION ALL
SELECT 'missing_value', 'context', rowid, 'publisher', NULL, NULL FROM staged_context WHERE publisher IS NULL
UNION ALL
SELECT 'missing_value', 'context', rowid, 'dataset', NULL, NULL FROM staged_context WHERE dataset IS NULL;

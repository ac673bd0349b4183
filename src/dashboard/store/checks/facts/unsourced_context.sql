-- Which context figures name an unknown country or indicator, no year, or no publisher?
INSERT INTO found
SELECT 'unknown_country', 'context', s.rowid, 'country', s.country, NULL
FROM staged_context AS s ANTI JOIN country ON country.country = s.country
UNION ALL
SELECT 'unknown_indicator', 'context', s.rowid, 'indicator', s.indicator, NULL
FROM staged_context AS s ANTI JOIN indicator ON indicator.indicator = s.indicator
UNION ALL
SELECT 'bad_number', 'context', rowid, 'year', year, '1900 to 2100'
FROM staged_context WHERE coalesce(try_cast(year AS INTEGER), 0) NOT BETWEEN 1900 AND 2100
UNION ALL
SELECT 'missing_value', 'context', rowid, 'publisher', NULL, NULL FROM staged_context WHERE publisher IS NULL;

-- Which rows of law name a day, an address, a criterion or a risk area that is none?
INSERT INTO found
SELECT 'bad_date', 'law', rowid, 'in_force', in_force, 'YYYY / YYYY-MM / YYYY-MM-DD'
FROM staged_law WHERE NOT regexp_full_match(in_force, '(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?')
UNION ALL
SELECT 'bad_link', 'law', rowid, 'address', address, 'https://…'
FROM staged_law WHERE {{ no_link('address') }}
UNION ALL
SELECT 'unknown_criterion', 'law', row_id, 'criteria', code, NULL
FROM (SELECT rowid AS row_id, unnest({{ split('criteria') }}) AS code FROM staged_law)
WHERE code NOT IN (
    SELECT criterion FROM criterion UNION SELECT criterion FROM repeated UNION SELECT former FROM former_name
)
UNION ALL
SELECT 'unknown_risk_area', 'law', row_id, 'risk_areas', code, NULL
FROM (SELECT rowid AS row_id, unnest({{ split('risk_areas') }}) AS code FROM staged_law)
WHERE code NOT IN (SELECT risk_area FROM risk_area);

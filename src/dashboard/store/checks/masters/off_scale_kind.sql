-- Which operations are of a kind that is neither the head office nor an operating company?
INSERT INTO found
SELECT 'off_scale', 'operations', rowid, 'kind', kind, 'group, operation'
FROM staged_operations WHERE kind IS NULL OR kind NOT IN ('group', 'operation')
UNION ALL
SELECT 'off_scale', 'operations', rowid, 'synthetic', synthetic, 'true, false'
FROM staged_operations WHERE lower(synthetic) NOT IN ('true', 'false');

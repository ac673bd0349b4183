-- Which operations are neither the head office nor an operating company, and which yes-or-no values are neither?
INSERT INTO found
SELECT 'off_scale', 'operations', rowid, 'kind', kind, 'group, operation'
FROM staged_operations WHERE kind IS NULL OR kind NOT IN ('group', 'operation')
UNION ALL
SELECT 'off_scale', 'operations', rowid, 'synthetic', synthetic, 'true, false'
FROM staged_operations WHERE lower(synthetic) NOT IN ('true', 'false')
UNION ALL
SELECT 'off_scale', 'rounds', rowid, 'closed', closed, 'true, false'
FROM staged_rounds WHERE lower(closed) NOT IN ('true', 'false');

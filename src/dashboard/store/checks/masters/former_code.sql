-- Which countries or operations claim a code that something else has or had, or have one that another had?
INSERT INTO found
SELECT wrong, form, row_id, 'formerly', former, other FROM former_claim WHERE wrong IS NOT NULL
UNION ALL
SELECT 'code_had_before', 'countries', s.rowid, 'country', s.country, n.code
FROM staged_countries AS s JOIN former_names AS n ON n.kind = 'country' AND n.former = s.country
UNION ALL
SELECT 'code_had_before', 'operations', s.rowid, 'operation', s.operation, n.code
FROM staged_operations AS s JOIN former_names AS n ON n.kind = 'operation' AND n.former = s.operation;

-- Which granted roles name no place that there is? Without a role, a row takes all roles of its person away.
INSERT INTO found
WITH g AS (
    SELECT rowid AS row_id, *, split_part(scope, ':', 1) AS place, substr(scope, instr(scope, ':') + 1) AS code
    FROM staged_people
)
SELECT 'off_scale', 'people', row_id, 'scope', scope, 'group, country:GHA, operation:gha-op'
FROM g WHERE scope <> 'group' AND NOT regexp_full_match(scope, '(country|operation):.+')
UNION ALL
SELECT 'grant_everywhere', 'people', row_id, 'scope', role || '@' || scope, NULL
FROM g WHERE role IN ('steward', 'admin') AND scope <> 'group'
UNION ALL
SELECT 'unknown_country', 'people', row_id, 'scope', code, NULL
FROM g ANTI JOIN country AS c ON c.country = g.code WHERE place = 'country' AND contains(scope, ':') AND code <> ''
UNION ALL
SELECT 'unknown_operation', 'people', row_id, 'scope', code, NULL
FROM g ANTI JOIN operation AS o ON o.operation = g.code
WHERE place = 'operation' AND contains(scope, ':') AND code <> '';

-- Which rows bring something new, the most important first: critical criteria, then what is not in place, then what
-- changes, then the rest.
SELECT form, row_id, state, coalesce(round, '') AS round, coalesce(operation, '') AS operation,
    coalesce(code, '') AS code, critical,
    coalesce(flag, '') AS flag, d.differences
FROM memory.main.result
JOIN (
    SELECT form, row_id, list(struct_pack(col := col, was := was, now := now) ORDER BY position) AS differences
    FROM (SELECT *, list_position($columns, col) AS position FROM memory.main.difference)
    GROUP BY form, row_id
) AS d USING (form, row_id)
WHERE state IN ('new', 'changed')
ORDER BY flag IS DISTINCT FROM 'raised', NOT (critical AND nil_now), NOT critical, NOT nil_now, state <> 'changed',
    form, row_id
LIMIT $most;

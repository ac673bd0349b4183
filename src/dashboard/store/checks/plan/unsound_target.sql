-- Which targets name something unknown, an invalid percentage or date, or repeat an earlier row?
INSERT INTO found
WITH t AS (SELECT rowid AS row_id, * FROM staged_targets)
SELECT 'unknown_framework', 'targets', row_id, 'framework', framework, NULL FROM t ANTI JOIN framework AS f ON f.framework = t.framework
UNION ALL
SELECT 'off_scale', 'targets', row_id, 'kind', kind, 'respect, support' FROM t WHERE coalesce(kind, '') NOT IN ('respect', 'support')
UNION ALL
-- An area of another framework is just as unknown here as one that does not exist.
SELECT 'unknown_area', 'targets', row_id, 'area', area, NULL
FROM t ANTI JOIN (SELECT a.area, f.framework FROM area AS a JOIN framework AS f USING (framework_no)) AS a
    ON a.area = t.area AND a.framework = t.framework
WHERE area IS NOT NULL AND framework IN (SELECT framework FROM framework)
UNION ALL
SELECT 'unknown_operation', 'targets', row_id, 'operation', operation, NULL
FROM t ANTI JOIN operation AS o ON o.operation = t.operation WHERE operation IS NOT NULL
UNION ALL
SELECT 'unknown_round', 'targets', row_id, 'round', round, NULL FROM t ANTI JOIN round AS r ON r.round = t.round WHERE round IS NOT NULL
UNION ALL
SELECT 'unknown_round', 'targets', row_id, 'baseline', baseline, NULL
FROM t ANTI JOIN round AS r ON r.round = t.baseline WHERE baseline IS NOT NULL
UNION ALL
SELECT 'bad_date', 'targets', row_id, 'due_on', due_on, 'YYYY-MM-DD' FROM t WHERE due_on IS NOT NULL AND try_cast(due_on AS DATE) IS NULL
UNION ALL
SELECT 'one_deadline', 'targets', row_id, 'due_on', due_on, NULL FROM t WHERE (round IS NULL) = (due_on IS NULL)
UNION ALL
-- A target without a percentage withdraws what was set.
SELECT 'bad_number', 'targets', row_id, 'percent', percent, '0 to 100'
FROM t WHERE percent IS NOT NULL AND NOT regexp_full_match(percent, '0|[1-9]\d?|100')
UNION ALL
SELECT 'baseline_late', 'targets', row_id, 'baseline', baseline, NULL
FROM t JOIN round AS b ON b.round = t.baseline LEFT JOIN round AS r ON r.round = t.round
WHERE b.ends_on >= coalesce(r.ends_on, try_cast(t.due_on AS DATE))
UNION ALL
SELECT 'duplicate_row', 'targets', row_id, 'area', coalesce(area, framework), NULL FROM t
QUALIFY row_number() OVER (PARTITION BY framework, kind, area, operation, round, due_on ORDER BY row_id) > 1;

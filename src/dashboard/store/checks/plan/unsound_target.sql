-- Which targets name an area of another standard, or not one deadline, or begin too late?
INSERT INTO found
WITH t AS (SELECT rowid AS row_id, * FROM staged_targets)
-- An area of another framework is just as unknown here as one that does not exist.
SELECT 'unknown_area', 'targets', row_id, 'area', area, NULL
FROM t ANTI JOIN (SELECT a.area, f.framework FROM area AS a JOIN framework AS f USING (framework_no)) AS a
    ON a.area = t.area AND a.framework = t.framework
WHERE area IS NOT NULL AND framework IN (SELECT framework FROM framework)
UNION ALL
SELECT 'one_deadline', 'targets', row_id, 'due_on', due_on, NULL FROM t WHERE (round IS NULL) = (due_on IS NULL)
UNION ALL
SELECT 'baseline_late', 'targets', row_id, 'baseline', baseline, NULL
FROM t JOIN round AS b ON b.round = t.baseline LEFT JOIN round AS r ON r.round = t.round
WHERE b.ends_on >= coalesce(r.ends_on, try_cast(t.due_on AS DATE));

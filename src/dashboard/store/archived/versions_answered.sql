-- Which versions of each framework do answers name, the earliest first? Those of one operation, or of all.
SELECT framework, list(version ORDER BY CAST(string_split(version, '.') AS INTEGER[])) AS versions
FROM (
    SELECT DISTINCT f.framework, v.version
    FROM answer AS a
    JOIN operation AS o USING (operation_no)
    JOIN framework_version AS v USING (version_no)
    JOIN framework AS f USING (framework_no)
    WHERE $operation IN ('', o.operation)
)
GROUP BY framework
ORDER BY framework;

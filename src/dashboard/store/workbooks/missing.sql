-- Which questions are no longer in the sheets of a workbook? Those asked of its operation and round, by a function of
-- which the workbook has questions: a sheet that is left out completely is for somebody else to send.
WITH led AS (
    SELECT c.criterion_no, c.criterion, list_contains($there, c.criterion) AS is_there,
        coalesce(arg_min(l.target, l.position), '') AS function
    FROM criterion AS c
    LEFT JOIN criterion_link AS l ON l.criterion_no = c.criterion_no AND l.target_type = 'function'
    GROUP BY ALL
)
SELECT c.criterion
FROM asked AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (profile_no)
JOIN led AS c USING (criterion_no)
WHERE r.round = $round AND (o.operation = $operation OR list_contains(o.formerly, $operation)) AND NOT c.is_there
    AND c.function IN (SELECT function FROM led WHERE is_there)
ORDER BY c.criterion_no;

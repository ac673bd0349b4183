-- Which published answers does this load change, by round and operation? With how many of them lose their evidence.
SELECT 'answers' AS form, r.round, o.operation, count(*) AS n,
    count(*) FILTER (f.evidence > 0 AND coalesce(a.evidence, 0) = 0) AS n_unproven
FROM replaced AS f
JOIN scale AS was ON was.status_no = f.status_no AND was.counts_as <> 'unanswered'
JOIN answer AS a ON a.round_no = f.round_no AND a.operation_no = f.operation_no AND a.criterion_no = f.criterion_no
JOIN round AS r ON r.round_no = f.round_no
JOIN operation AS o ON o.operation_no = f.operation_no
WHERE a.step IS DISTINCT FROM f.step OR a.evidence IS DISTINCT FROM f.evidence OR a.version_no
    IS DISTINCT FROM f.version_no
GROUP BY r.round, o.operation ORDER BY r.round, o.operation;

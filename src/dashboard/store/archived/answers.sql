-- Which answers does an archive hold, as rows that could be imported?
SELECT r.round, o.operation, k.criterion, s.status, ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence,
    a.note, a.answered_by_role, a.answered_on, a.na_reason, v.version AS framework_version
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
LEFT JOIN framework_version AS v USING (version_no)
WHERE list_contains($operations, o.operation) AND s.counts_as <> 'unanswered'
ORDER BY r.position, o.operation, k.criterion;

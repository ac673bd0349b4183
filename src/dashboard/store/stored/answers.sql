-- What do some answers say, as rows that could be imported again?
SELECT r.round, o.operation, k.criterion, s.status,
    -- Without an answer there is no evidence.
    CASE WHEN s.counts_as <> 'unanswered'
        THEN ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] END AS evidence,
    {{ stored('answers', 'a', 'evidence') }}, v.version AS framework_version
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
LEFT JOIN framework_version AS v USING (version_no)
WHERE list_contains($rounds, r.round) AND list_contains($operations, o.operation)
    AND list_contains($criteria, k.criterion)
ORDER BY r.position, o.operation, k.criterion;

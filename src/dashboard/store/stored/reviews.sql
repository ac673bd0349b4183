-- What was said about some answers, as rows that could be imported again?
SELECT r.round, o.operation, k.criterion, {{ stored('reviews', 'v') }}, s.status AS reviewed_status,
    ['none', 'self_declared', 'seen', 'independently_checked'][v.said.evidence + 1] AS reviewed_evidence,
    v.said.note AS reviewed_note, v.said.na_reason AS reviewed_reason
FROM review AS v
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
LEFT JOIN scale AS s ON s.status_no = v.said.status_no
WHERE list_contains($rounds, r.round) AND list_contains($operations, o.operation)
    AND list_contains($criteria, k.criterion)
ORDER BY r.position, o.operation, k.criterion;

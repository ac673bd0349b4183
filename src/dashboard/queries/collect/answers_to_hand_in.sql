-- What has one operation answered in the round, as rows that could be imported again?
SELECT r.round, o.operation, k.criterion, s.status,
    ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence,
    {{ stored('answers', 'a', 'evidence') }}, v.version AS framework_version
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
LEFT JOIN framework_version AS v USING (version_no)
WHERE r.round = $round AND o.operation = $operation AND s.counts_as <> 'unanswered'
ORDER BY k.criterion_no;

-- Which answers were published as answers to an older wording, and are now imported as answers to a wording that asks
-- something else, although their rows do not say so? One row per round and pair of versions, with the first row of the
-- load that does so.
SELECT min(s.row_id) AS row_id, r.round, w.version AS was, now.version AS becomes
FROM answer AS k
JOIN old_words AS w ON w.version_no = k.version_no AND w.criterion_no = k.criterion_no AND w.until IS NOT NULL
JOIN round AS r ON r.round_no = k.round_no
JOIN operation AS o ON o.operation_no = k.operation_no
JOIN criterion AS c ON c.criterion_no = k.criterion_no
ANTI JOIN was_closed AS shut ON shut.round = r.round
JOIN sound_answers AS s ON s.round = r.round AND s.operation = o.operation AND s.criterion = c.criterion
JOIN asked_version AS v
    ON v.round_no = k.round_no AND v.framework_no = c.framework_no AND v.said = coalesce(s.framework_version, '')
JOIN framework_version AS now ON now.version_no = v.version_no
LEFT JOIN old_words AS n ON n.version_no = v.version_no AND n.criterion_no = k.criterion_no
WHERE s.framework_version IS NULL AND s.status <> 'unanswered' AND coalesce(n.until, '') <> w.until
GROUP BY r.round, w.version, now.version
ORDER BY row_id, was, becomes;

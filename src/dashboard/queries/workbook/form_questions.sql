-- What is asked in a round, of which operations, and which of them have not answered it? An empty operation keeps all.
-- If the round asks an older version, the text is that of the version.
SELECT k.criterion, coalesce(ow.text, w.text) AS text, CASE WHEN ow.text IS NULL THEN w.partly END AS partly,
    w.evidence_hint, k.area,
    k.area_code || ' ' || aw.title AS area_title, k.of_scale, v.framework, v.framework_title,
    v.version AS framework_version,
    list(o.operation ORDER BY o.operation) AS operations,
    coalesce(list(o.operation ORDER BY o.operation) FILTER (WHERE coalesce(s.counts_as, 'unanswered') = 'unanswered'),
        []) AS owing
FROM asked AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (profile_no)
JOIN criterion_card AS k USING (criterion_no)
JOIN asked_versions($round) AS v ON v.framework_no = k.framework_no
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
JOIN wording AS aw ON aw.id = k.area AND aw.language = $lang
LEFT JOIN old_words AS ow ON ow.version_no = v.version_no AND ow.criterion_no = k.criterion_no
LEFT JOIN answer AS x ON x.round_no = a.round_no AND x.operation_no = o.operation_no AND x.criterion_no = k.criterion_no
LEFT JOIN scale AS s USING (status_no)
WHERE r.round = $round AND $operation IN ('', o.operation)
GROUP BY k.framework_no, k.area_no, k.kind, k.criterion_no, k.criterion, ow.text, w.text, w.partly, w.evidence_hint,
    k.area, k.area_code,
    aw.title, k.of_scale, v.framework, v.framework_title, v.version
ORDER BY k.framework_no, k.area_no, k.kind, k.criterion_no;

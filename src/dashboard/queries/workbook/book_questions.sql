-- What is asked of one operation in one round, across its frameworks, with its answer and the last one from an earlier
-- round? If the round asks an older version, the text is that of the version.
WITH mine AS (
    SELECT o.operation_no, o.profile_no, r.round_no, r.position
    FROM operation AS o CROSS JOIN round AS r WHERE o.operation = $operation AND r.round = $round
),
before AS (
    SELECT a.criterion_no, arg_max(a.round_no, r.position) AS round_no
    FROM asked AS a JOIN mine USING (profile_no) JOIN round AS r ON r.round_no = a.round_no
    WHERE r.position < mine.position
    GROUP BY a.criterion_no
),
said AS (
    SELECT a.round_no, a.criterion_no, s.status, s.title AS status_title, s.value,
        {{ stored('answers', 'a', 'evidence') }}, v.version,
        a.version_no, ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence
    FROM answer AS a SEMI JOIN mine USING (operation_no)
    JOIN scale AS s USING (status_no)
    JOIN framework_version AS v USING (version_no)
    WHERE s.counts_as <> 'unanswered'
),
leads AS (
    SELECT criterion_no, arg_min(target, position) AS function FROM criterion_link WHERE target_type = 'function'
    GROUP BY criterion_no
)
SELECT k.criterion, coalesce(ow.text, w.text) AS text, CASE WHEN ow.text IS NULL THEN w.partly END AS partly,
    CASE WHEN ow.text IS NULL AND w.state IN ('draft', 'stale') THEN en.text END AS english,
    k.area_code || ' ' || aw.title AS area_title, k.kind, k.critical, k.of_scale, v.framework,
    v.framework_title, v.version AS framework_version, l.function, fw.title AS function_title, now.status,
    now.status_title, now.value, now.evidence,
    {{ stored('answers', 'now', 'evidence') }}, now.version AS answered_version,
    last.status_title AS last_status,
    last.evidence AS last_evidence, last.note AS last_note, last.na_reason AS last_na_reason, br.title AS last_round
FROM asked AS a
JOIN mine USING (round_no, profile_no)
JOIN criterion_card AS k USING (criterion_no)
JOIN asked_versions($round) AS v ON v.framework_no = k.framework_no
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
JOIN wording AS en ON en.id = k.criterion AND en.language = 'en'
JOIN wording AS aw ON aw.id = k.area AND aw.language = $lang
LEFT JOIN old_words AS ow ON ow.version_no = v.version_no AND ow.criterion_no = k.criterion_no
LEFT JOIN leads AS l ON l.criterion_no = k.criterion_no
LEFT JOIN business_function AS f ON f.function = l.function
LEFT JOIN wording AS fw ON fw.id = l.function AND fw.language = $lang
LEFT JOIN said AS now ON now.round_no = a.round_no AND now.criterion_no = a.criterion_no
LEFT JOIN before AS b ON b.criterion_no = a.criterion_no
LEFT JOIN said AS last ON last.round_no = b.round_no AND last.criterion_no = a.criterion_no
LEFT JOIN round AS br ON br.round_no = b.round_no
ORDER BY f.position NULLS LAST, k.framework_no, k.area_no, k.kind, k.criterion_no;

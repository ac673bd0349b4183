-- What is asked of one operation in the round, how was it answered, now and in the round before, and what did a second
-- role say? `function` is the lead function, empty if a criterion names none. `was_…` is from the last earlier round in
-- which it took part.
WITH mine AS (SELECT operation_no, operation FROM operation WHERE operation = $operation),
now AS (SELECT round_no, position FROM round WHERE round = $round),
before AS (
    SELECT round_no, r.title FROM round AS r JOIN participation AS p USING (round)
    WHERE p.framework = $framework AND p.operation = $operation AND r.position < (SELECT position FROM now)
    ORDER BY r.position DESC LIMIT 1
),
earlier AS (
    SELECT a.criterion_no, s.title, s.counts_as, s.value, a.evidence, a.note, a.na_reason, b.title AS round_title,
        w.version AS older_version
    FROM answer AS a
    JOIN before AS b USING (round_no)
    JOIN mine USING (operation_no)
    JOIN scale AS s USING (status_no)
    LEFT JOIN old_words AS w ON w.version_no = a.version_no AND w.criterion_no = a.criterion_no AND w.until IS NOT NULL
    WHERE s.counts_as <> 'unanswered'
)
SELECT $round AS round, mine.operation, k.criterion, w.text, w.partly, k.critical, k.kind, k.reversed, k.scale_no,
    w.evidence_hint, coalesce(k.functions[1], '') AS function,
    t.title AS area_title, k.area_code, s.status, s.title AS status_title, s.counts_as, s.value,
    {{ stored('answers', 'a', 'evidence') }}, v.version AS framework_version,
    CASE WHEN s.counts_as <> 'unanswered'
        THEN ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] END AS evidence,
    e.title AS was_status_title, e.counts_as AS was_counts_as, e.value AS was_value, e.evidence AS was_evidence,
    e.note AS was_note,
    e.na_reason AS was_na_reason, e.round_title AS was_round_title, e.older_version,
    x.mark, x.reviewed_by_role, x.comment, x.reviewed_on
FROM answer AS a
JOIN now USING (round_no)
JOIN mine USING (operation_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
JOIN wording AS t ON t.id = k.area AND t.language = $lang
LEFT JOIN framework_version AS v USING (version_no)
LEFT JOIN earlier AS e USING (criterion_no)
LEFT JOIN reviewed AS x USING (round_no, operation_no, criterion_no)
ORDER BY k.area_no, k.criterion_no;

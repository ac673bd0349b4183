-- What did the selected countries answer, criterion by criterion? The weakest and the critical first within a
-- principle. `older_version` and `older_text` give the wording that was answered, if the criterion has been reworded
-- since. `operation` narrows to one operation if given, `kind` to respect or support unless empty. With `counting`
-- inherited, the answer of the head office is shown with a criterion that is a group policy and has no answer; if there
-- are several, the weakest. At most 500, unless the whole is wanted.
SELECT k.area, k.area_code, k.criterion, k.kind, k.critical, k.reversed, w.text, o.operation,
    o.title AS operation_title,
    c.country, c.title AS country_title, s.status, s.title AS status_title, s.counts_as, s.value, a.evidence, a.note,
    a.answered_by_role, a.answered_on, a.na_reason, date_sub('month', a.answered_on, $today) AS age_months,
    k.weight, k.citation, k.verification, w.evidence_hint, ow.version AS older_version, ow.text AS older_text,
    ow.until AS older_until, x.mark, x.reviewed_by_role, h.inherited_title, h.inherited_from
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN old_words AS ow ON ow.version_no = a.version_no AND ow.criterion_no = a.criterion_no
LEFT JOIN reviewed AS x ON x.round_no = a.round_no AND x.operation_no = a.operation_no
    AND x.criterion_no = a.criterion_no
LEFT JOIN (
    SELECT a.round_no, a.criterion_no, arg_min(s.title, (s.value, o.operation_no)) AS inherited_title,
        arg_min(o.title, (s.value, o.operation_no)) AS inherited_from
    FROM answer AS a JOIN named_operation AS o USING (operation_no) JOIN scale AS s USING (status_no)
    JOIN criterion AS k USING (criterion_no)
    WHERE $counting = 'inherited' AND o.kind <> 'operation' AND k.inherits AND s.counts_as = 'answered'
    GROUP BY a.round_no, a.criterion_no
) AS h ON h.round_no = a.round_no AND h.criterion_no = a.criterion_no AND o.kind = 'operation' AND s.counts_as
    IN ('unanswered', 'not_known')
WHERE r.round = $round AND list_contains($countries, c.country) AND $operation IN ('', o.operation) AND $kind
    IN ('', k.kind)
ORDER BY k.area_no, k.kind, k.criterion_no, c.country = 'GROUP', in_order(c.title), in_order(o.title)
LIMIT CASE WHEN NOT $whole THEN 500 END;

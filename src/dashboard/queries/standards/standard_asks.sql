-- What does the framework ask, in its order, with all that each criterion points at?
-- `search` holds words that must each stand somewhere in the criterion, its area or the names of what it serves.
WITH named AS (
    SELECT criterion_no, list(w.title ORDER BY t.position) FILTER (WHERE target_type = 'theme') AS rights,
        list(target ORDER BY target) FILTER (WHERE target_type = 'right') AS articles,
        list(w.title ORDER BY target) FILTER (WHERE target_type = 'risk_area') AS risk_areas,
        list(w.title ORDER BY w.title) FILTER (WHERE target_type = 'function') AS functions,
        list(w.title ORDER BY w.title) FILTER (WHERE target_type = 'setting') AS settings
    FROM criterion_link AS l
    JOIN wording AS w ON w.id = l.target AND w.language = $lang
    LEFT JOIN theme AS t ON t.theme = l.target
    GROUP BY criterion_no
),
found AS (
    SELECT k.area, k.area_no, k.area_code, a.title AS area_title, a.text AS area_text, k.criterion, k.criterion_no, w.text,
        k.evidence_hint, k.kind, k.level, k.weight, k.critical, k.since, k.services, k.citation, k.verification,
        n.* EXCLUDE (criterion_no)
    FROM criterion_card AS k
    JOIN wording AS a ON a.id = k.area AND a.language = $lang
    JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
    LEFT JOIN named AS n USING (criterion_no)
    WHERE k.framework = $framework
)
SELECT * EXCLUDE (area_no, criterion_no)
FROM found
WHERE len(list_filter($search, lambda sought: NOT contains(lower(strip_accents(concat_ws(' ', criterion, text, evidence_hint,
    citation, area_title, kind, level, array_to_string(rights, ' '), array_to_string(articles, ' '),
    array_to_string(risk_areas, ' '), array_to_string(functions, ' '), array_to_string(settings, ' ')))), sought))) = 0
ORDER BY area_no, criterion_no;

-- Which criteria of the framework hold what is sought? `search` holds words that must each stand somewhere in the criterion, its
-- area or the names of what it serves.
WITH named AS (
    SELECT criterion_no, string_agg(CASE WHEN target_type = 'right' THEN target ELSE w.title END, ' ') AS serves
    FROM criterion_link AS l JOIN wording AS w ON w.id = l.target AND w.language = $lang
    WHERE target_type IN ('theme', 'right', 'risk_area', 'function', 'setting')
    GROUP BY criterion_no
)
SELECT k.criterion
FROM criterion_card AS k
JOIN wording AS a ON a.id = k.area AND a.language = $lang
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN named AS n USING (criterion_no)
WHERE k.framework = $framework AND len(list_filter($search, lambda sought: NOT contains(lower(strip_accents(concat_ws(' ', k.criterion,
    w.text, k.evidence_hint, k.citation, a.title, k.kind, k.level, n.serves))), sought))) = 0
ORDER BY criterion_no;

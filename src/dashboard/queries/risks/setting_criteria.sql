-- Which criteria of the framework apply in a setting or address its impacts, and what was answered? Critical ones first,
-- then those least in place; those without an answer last.
WITH addressing AS (
    SELECT c.criterion_no, count(*) FILTER (WHERE i.polarity = 'risk') AS n_risks,
        count(*) FILTER (WHERE i.polarity = 'opportunity') AS n_openings
    FROM cell AS c JOIN impact_card AS i ON i.impact = c.row_code
    WHERE c.grid = 'impact' AND i.setting = $of_setting AND list_contains($impacts, i.impact)
    GROUP BY c.criterion_no
),
applying AS (
    SELECT DISTINCT criterion_no FROM criterion_link WHERE target_type = 'setting' AND target = $of_setting
)
SELECT k.area_code, k.criterion, k.critical, w.text, bool_or(p.criterion_no IS NOT NULL) AS applies,
    coalesce(any_value(d.n_risks), 0) AS n_risks, coalesce(any_value(d.n_openings), 0) AS n_openings,
    coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM chosen_criteria($framework, $criteria) AS k
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN addressing AS d ON d.criterion_no = k.criterion_no
LEFT JOIN applying AS p ON p.criterion_no = k.criterion_no
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = $round AND list_contains($countries, s.country)
WHERE k.kind = $kind AND (d.criterion_no IS NOT NULL OR p.criterion_no IS NOT NULL)
GROUP BY k.area_no, k.area_code, k.criterion_no, k.criterion, k.critical, w.text
ORDER BY k.critical DESC, score_of(sum(s.points), sum(s.weight_answered)) NULLS LAST, n_nil DESC, k.criterion_no;

-- What stands on both sides of one cell of the crosswalk? One row a criterion: its answers now, and what it is linked to.
WITH linked AS (
    SELECT from_no AS criterion_no, min(p.strength) AS strength, max(p.basis) AS basis,
        list(t.criterion ORDER BY t.criterion_no) FILTER (WHERE p.strength = 'primary') AS strong,
        list(t.criterion ORDER BY t.criterion_no) FILTER (WHERE p.strength = 'secondary') AS weak
    FROM speaks AS p JOIN criterion_card AS s ON s.criterion_no = from_no JOIN criterion_card AS t ON t.criterion_no = to_no
    WHERE steps = 1 AND ((s.area = $row_code AND t.area = $column_code) OR (s.area = $column_code AND t.area = $row_code))
    GROUP BY from_no
),
sides AS (
    SELECT k.*, CASE WHEN k.area = $row_code THEN 1 ELSE 2 END AS side, l.strength, l.basis, l.strong, l.weak
    FROM criterion_card AS k JOIN linked AS l USING (criterion_no)
    UNION ALL
    SELECT k.*, 1, 'secondary', 'project', NULL, NULL
    FROM criterion_card AS k JOIN cell AS c USING (criterion_no)
    WHERE c.grid = $against AND c.grid IN ('rights', 'risk_area', 'function') AND c.row_code = $row_code AND c.column_code = $column_code
)
SELECT k.side, k.framework, f.short_title AS framework_title, k.criterion, k.kind, k.critical, w.text, k.strength, k.basis, k.strong, k.weak,
    r.round, coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM sides AS k
JOIN framework AS f ON f.framework = k.framework
JOIN read_in($round) AS r ON r.framework = k.framework
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = r.round AND list_contains($countries, s.country)
GROUP BY k.side, k.framework, f.short_title, k.criterion_no, k.criterion, k.kind, k.critical, w.text, k.strength, k.basis,
    k.strong, k.weak, r.round
ORDER BY k.side, k.strength, k.criterion_no;

-- Which criteria are on both sides of one cell of the crosswalk, and what is each linked to?
WITH linked AS (
    SELECT from_no AS criterion_no, min(p.strength) AS strength, max(p.basis) AS basis,
        list(t.criterion ORDER BY t.criterion_no) FILTER (WHERE p.strength = 'primary') AS strong,
        list(t.criterion ORDER BY t.criterion_no) FILTER (WHERE p.strength = 'secondary') AS weak
    FROM speaks AS p JOIN area_card AS s ON s.criterion_no = from_no JOIN area_card AS t ON t.criterion_no = to_no
    WHERE (s.area = $row_code AND t.area = $column_code) OR (s.area = $column_code AND t.area = $row_code)
    GROUP BY from_no
)
SELECT CASE WHEN list_contains(k.areas, $row_code) THEN 1 ELSE 2 END AS side, k.criterion, k.criterion_no, l.strength,
    l.basis, l.strong, l.weak
FROM criterion_card AS k JOIN linked AS l USING (criterion_no)
UNION ALL
SELECT 1, k.criterion, k.criterion_no, 'secondary', 'project', NULL, NULL
FROM criterion_card AS k JOIN cell AS c USING (criterion_no)
WHERE c.grid = $against AND c.grid IN ('rights', 'risk_area', 'function') AND c.row_code = $row_code
    AND c.column_code = $column_code
ORDER BY side, strength, criterion_no;

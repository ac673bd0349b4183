-- Which criteria serve one right, and which of its articles does each name? One row per criterion.
SELECT k.criterion,
    list_sort(list_intersect(k.rights,
    (SELECT list("right" ORDER BY "right") FROM crc_right WHERE list_contains(themes, $focus)))) AS articles
FROM cell AS c JOIN criterion_card AS k USING (criterion_no)
WHERE c.grid = 'right' AND c.row_code = $focus
ORDER BY criterion_no;

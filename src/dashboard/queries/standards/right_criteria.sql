-- Which criteria serve one right, in every framework, and what was answered to them? Critical and least in place first.
SELECT k.framework, k.area_code, k.criterion, k.kind, k.critical, w.text, r.round,
    list_sort(list_intersect(k.rights, (SELECT list("right") FROM crc_right WHERE list_contains(themes, $focus)))) AS articles,
    coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM cell AS c
JOIN criterion_card AS k USING (criterion_no)
JOIN read_in($round) AS r ON r.framework = k.framework
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = r.round AND list_contains($countries, s.country)
WHERE c.grid = 'right' AND c.row_code = $focus AND k.kind = $kind AND list_contains($criteria, k.criterion)
GROUP BY k.framework_no, k.framework, k.area_code, k.criterion_no, k.criterion, k.kind, k.critical, w.text, r.round, k.rights
ORDER BY k.framework_no, k.critical DESC, n_nil DESC, n_part DESC, k.criterion_no;

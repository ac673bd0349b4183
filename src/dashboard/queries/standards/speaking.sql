-- Which answers to the other standards speak to one area of this one, how strongly, and by which way? One row a criterion of
-- another standard; over two steps the criterion in between is named, and the weaker of the two links counts.
WITH ties AS (
    SELECT s.criterion_no, min(p.strength) AS strength, min(p.steps) AS steps, list(DISTINCT t.criterion ORDER BY t.criterion) AS speaks_to,
        CASE WHEN min(p.steps) > 1 THEN list_sort(list_distinct(flatten(list(p.via)))) ELSE [] END AS via
    FROM speaks AS p JOIN criterion_card AS s ON s.criterion_no = p.from_no JOIN criterion_card AS t ON t.criterion_no = p.to_no
    WHERE p.to_framework = $framework AND t.area = $row_code AND s.kind = $kind AND t.kind = $kind
    GROUP BY s.criterion_no
)
SELECT f.short_title AS framework_title, k.criterion, w.text, k.critical, t.strength, t.steps, t.speaks_to, t.via, r.round,
    coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM ties AS t
JOIN criterion_card AS k USING (criterion_no)
JOIN framework AS f ON f.framework = k.framework
JOIN read_in($round) AS r ON r.framework = k.framework
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND s.round = r.round AND list_contains($countries, s.country)
    AND in_spread($countries, s.country)
WHERE list_contains($criteria, k.criterion)
GROUP BY k.framework_no, f.short_title, k.criterion_no, k.criterion, w.text, k.critical, t.strength, t.steps, t.speaks_to, t.via, r.round
ORDER BY t.strength, t.steps, k.framework_no, k.criterion_no;

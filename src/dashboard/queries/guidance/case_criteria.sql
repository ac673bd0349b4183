-- On which criteria does one case bear, and what did the chosen countries answer to those of the framework in view?
-- The framework in view first, then as the case names them, the fittest first.
SELECT k.framework, f.title AS framework_title, k.framework = $framework AS in_view, k.area_code, k.criterion, k.kind, k.critical,
    w.text, coalesce(sum(s.n_asked), 0) AS n_asked, coalesce(sum(s.n_full), 0) AS n_full, coalesce(sum(s.n_part), 0) AS n_part,
    coalesce(sum(s.n_nil), 0) AS n_nil, coalesce(sum(s.n_not_applicable), 0) AS n_not_applicable,
    coalesce(sum(s.n_not_known), 0) AS n_not_known, coalesce(sum(s.n_unanswered), 0) AS n_unanswered
FROM (
    SELECT unnest(criteria) AS criterion, generate_subscripts(criteria, 1) AS place FROM case_study WHERE case_study = $case_study
) AS b
JOIN criterion_card AS k USING (criterion)
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
JOIN (SELECT id, text AS title FROM wording WHERE language = $lang) AS f ON f.id = k.framework
LEFT JOIN score AS s ON s.criterion_no = k.criterion_no AND k.framework = $framework AND s.round = $round AND list_contains($countries, s.country)
GROUP BY b.place, k.framework_no, k.framework, f.title, k.area_code, k.criterion, k.kind, k.critical, w.text
ORDER BY in_view DESC, k.framework_no, b.place;

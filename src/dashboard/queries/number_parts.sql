-- Which parts does the figure stand on? One row a criterion, with text, citation and what was answered to it.
SELECT c.criterion, w.text, k.citation, k.verification, k.critical, k.weight, sum(n_full) AS n_full, sum(n_part) AS n_part,
    sum(n_nil) AS n_nil, sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known,
    sum(n_unanswered) AS n_unanswered
FROM chosen($framework, $round, $country, $principle, $risk_area, $right, $within) AS c
JOIN criterion_card AS k USING (criterion_no)
JOIN wording AS w ON w.id = c.criterion AND w.language = $lang
WHERE c.kind = $kind AND in_spread($country, c.country)
GROUP BY c.criterion_no, c.criterion, w.text, k.citation, k.verification, k.critical, k.weight
ORDER BY c.criterion_no;

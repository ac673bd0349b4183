-- Which answers explain why a risk is rated lower than it would be without measures? One row per lowered risk and
-- criterion that addresses it, in any framework that the operation answered; criteria in place come first.
SELECT e.impact, w.text, e.severity, e.likelihood, e.residual_severity, e.residual_likelihood, e.residual_basis,
    k.criterion,
    c.status_title, c.counts_as, c.value, c.evidence,
    coalesce(max(c.value) OVER (PARTITION BY e.impact), 0) AS best_value
FROM chosen_risks($round, $countries, $impacts) AS e
JOIN wording AS w ON w.id = e.impact AND w.language = $lang
JOIN cell AS g ON g.grid = 'impact' AND g.row_code = e.impact
JOIN criterion_card AS k USING (criterion_no)
JOIN operation AS o ON o.operation = e.operation
JOIN round AS r ON r.round = e.round
LEFT JOIN counted AS c ON c.criterion_no = k.criterion_no AND c.operation_no = o.operation_no
    AND c.round_no = r.round_no
WHERE e.operation = $operation AND (e.residual_severity < e.severity OR e.residual_likelihood < e.likelihood)
    AND c.criterion_no IS NOT NULL
ORDER BY e.severity DESC, e.irremediability DESC, e.likelihood DESC, e.impact, c.value DESC NULLS LAST, k.criterion_no;

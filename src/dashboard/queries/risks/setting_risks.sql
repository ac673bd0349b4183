-- What risks does a setting hold, rated or not? One row an impact: the gravest rated first, then what was looked for and
-- not found, then what nobody rated. `cover_order` is 1 for the least covered of each severity; unknown cover comes last.
WITH stated AS (
    SELECT impact, count(residual_severity) AS n_residual,
        max(CASE WHEN residual_severity IS NOT NULL
            THEN struct_pack(severity := residual_severity, likelihood := coalesce(residual_likelihood, 0)) END) AS residual
    FROM chosen_risks($round, $countries, $impacts)
    GROUP BY impact
)
SELECT s.impact, s.polarity, w.text, i.risk_area, a.title AS risk_area_title, i.age_groups, i.groups, i.stage, s.state, s.n_operations,
    s.n_rated, s.n_none_found, s.n_not_rated, g.severity, g.likelihood, g.n_gravest, g.operations[1:g.n_gravest] AS gravest_in,
    r.n_residual, r.residual.severity AS residual_severity, nullif(r.residual.likelihood, 0) AS residual_likelihood,
    g.reading, g.percent, g.low, g.high, g.band_title, g.n_answered, g.n_applicable, g.n_units, g.n_full, g.n_part, g.n_nil,
    row_number() OVER (PARTITION BY g.severity ORDER BY g.percent NULLS LAST, g.gravity_order, s.impact_position) AS cover_order
FROM impacts_said($round, $countries, $impacts) AS s
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = s.impact AND w.language = $lang
JOIN wording AS a ON a.id = i.risk_area AND a.language = $lang
LEFT JOIN risks_covered($framework, $round, $countries, $impacts) AS g ON g.impact = s.impact
LEFT JOIN stated AS r ON r.impact = s.impact
WHERE i.setting = $of_setting AND s.polarity = 'risk'
ORDER BY g.gravity_order NULLS LAST, s.state, s.impact_position;

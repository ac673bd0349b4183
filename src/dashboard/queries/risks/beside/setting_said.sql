-- What was said about the risks of one setting, whether rated or not?
SELECT s.impact, s.polarity, s.impact_position, i.risk_area, i.age_groups, i.groups, i.stage, s.state, s.n_operations,
    s.n_rated,
    s.n_none_found, s.n_not_rated
FROM impacts_said($round, $countries, $impacts) AS s
JOIN impact_card AS i USING (impact)
WHERE i.setting = $of_setting AND s.polarity = 'risk'
ORDER BY s.impact_position;

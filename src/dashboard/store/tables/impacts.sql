-- What is each impact about?

CREATE OR REPLACE TABLE impact_rights AS
SELECT i.impact, list_distinct(i.rights || coalesce(flatten(list(t.themes ORDER BY i."right")), [])) AS rights
FROM (SELECT impact, rights, unnest(CASE WHEN len(rights) = 0 THEN [NULL] ELSE rights END) AS "right" FROM impact) AS i
LEFT JOIN crc_right AS t USING ("right")
GROUP BY i.impact, i.rights;

-- Every impact as pages list it; `rights` by article and by common name, `touched_by` the opportunities that lessen a
-- risk.
CREATE OR REPLACE TABLE impact_card AS
SELECT i.impact, row_number() OVER (ORDER BY i.risk_area, i.polarity DESC, i.impact) AS impact_position, i.risk_area,
    [i.risk_area] AS risk_areas, i.setting, i.polarity, i.text, i.age_groups, i.groups, i.stage, x.rights, i.functions,
    i.criteria, i.touches, coalesce(t.touched_by, []) AS touched_by, i.basis, i.citation, s.services
FROM impact AS i
JOIN impact_rights AS x USING (impact)
JOIN setting AS s USING (setting)
LEFT JOIN (
    SELECT reached AS impact, list(impact ORDER BY impact) AS touched_by
    FROM (SELECT impact, unnest(touches) AS reached FROM impact) GROUP BY reached
) AS t USING (impact);

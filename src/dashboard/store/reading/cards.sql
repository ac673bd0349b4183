-- Which codes of each filter does each thing have that a filter can keep? One row per thing, in order; one column per
-- filter.
SELECT * FROM (
    SELECT 'criterion' AS thing, k.criterion AS code, k.framework, k.criterion_no AS position, [] AS country,
        k.areas AS principle,
        k.risk_areas AS risk_area, k.rights AS "right", coalesce(s.settings, []) AS setting,
        k.functions[1:1] AS "function",
        [] AS step, [] AS case_country, [] AS case_kind, [] AS confidence
    FROM criterion_card AS k
    LEFT JOIN (
        SELECT criterion_no, list(target ORDER BY target) AS settings
        FROM criterion_link WHERE target_type = 'setting' GROUP BY criterion_no
    ) AS s USING (criterion_no)
    UNION ALL
    SELECT 'country', country, '', country_no, [country], [], [], [], [], [], [], [], [], [] FROM country
    UNION ALL
    SELECT 'impact', i.impact, '', impact_position, [], coalesce(a.areas, []), risk_areas, rights, [setting], functions,
        [], [], [], []
    FROM impact_card AS i
    LEFT JOIN (
        SELECT impact, list(DISTINCT area ORDER BY area) AS areas
        FROM (SELECT impact, unnest(criteria) AS criterion FROM impact_card) JOIN area_card USING (criterion)
        GROUP BY impact
    ) AS a USING (impact)
    UNION ALL
    SELECT 'guidance', guidance, '', position, [], areas, risk_areas, rights, settings, functions, [step], [], [], []
    FROM guidance_card
    UNION ALL
    SELECT 'case', case_study, '', position, [], areas, risk_areas, rights, settings, [], [], countries, [case_kind],
        [confidence]
    FROM case_card
) ORDER BY thing, position, code;

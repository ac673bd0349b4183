-- What do the filters of a view leave, of each kind that a page can show? One row of counts.
WITH of_operation AS (
    SELECT country FROM participation
    WHERE framework = $framework AND round = $round AND ($operation = '' OR operation = $operation)
),
actions_kept AS (
    FROM todo AS t JOIN operation AS o USING (operation_no)
    WHERE kept($country, t.country) AND (t.framework IS NULL OR t.framework = $framework)
        AND (t.area IS NULL OR kept($principle, t.area)) AND kept_any($risk_area, t.risk_areas) AND kept_any($right, t.rights)
        AND ($operation = '' OR o.operation = $operation)
)
SELECT
    (SELECT count(*) FROM chosen($framework, $round, $country, $principle, $risk_area, $right, [])
        WHERE kind = $kind AND country IN (SELECT country FROM of_operation)) AS figures,
    (SELECT count(*) FROM chosen_criteria($framework, $principle, $risk_area, $right)) AS criteria,
    (SELECT count(*) FROM chosen_risks($round, $country, $risk_area, $right, $setting)) AS risks,
    (SELECT count(*) FROM chosen_openings($round, $country, $risk_area, $right, $setting)) AS openings,
    (SELECT count(*) FROM actions_kept) AS actions,
    (SELECT count(*) FROM chosen_cases($case_country, $case_kind, $confidence, $setting, $principle, $risk_area, $right)) AS cases,
    (SELECT count(*) FROM guidance_card WHERE kept_any($function, functions) AND kept($step, step)
        AND kept_any($setting, settings) AND kept_any($principle, areas) AND kept_any($risk_area, risk_areas)
        AND kept_any($right, rights)) AS guidance,
    CAST($guidance <> '' AS INTEGER) AS one_guidance,
    CAST($case_study <> '' AS INTEGER) AS one_case,
    1 AS anything;

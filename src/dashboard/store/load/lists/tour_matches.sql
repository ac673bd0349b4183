-- How much do the filters of a view leave, of each kind that a page can show? One row of counts.
WITH of_operation AS (
    SELECT country FROM participation
    WHERE framework = $framework AND round = $round AND ($operation = '' OR operation = $operation)
),
actions_kept AS (
    FROM chosen_actions($framework, $criteria, $impacts) AS t JOIN operation AS o USING (operation_no)
    WHERE list_contains($countries, t.country)
        AND ($operation = '' OR o.operation = $operation)
)
SELECT
    (SELECT count(*) FROM score
        WHERE framework = $framework AND round = $round AND kind = $kind AND list_contains($countries, country)
            AND list_contains($criteria, criterion) AND country IN (SELECT country FROM of_operation)) AS figures,
    (SELECT count(*) FROM chosen_criteria($framework, $criteria)) AS criteria,
    (SELECT count(*) FROM chosen_risks($round, $countries, $impacts)) AS risks,
    (SELECT count(*) FROM chosen_openings($round, $countries, $impacts)) AS openings,
    (SELECT count(*) FROM actions_kept) AS actions,
    (SELECT count(*) FROM case_card WHERE list_contains($library, case_study)) AS cases,
    (SELECT count(*) FROM guidance_card WHERE list_contains($library, guidance)) AS guidance,
    CAST($guidance <> '' AS INTEGER) AS one_guidance,
    CAST($case_study <> '' AS INTEGER) AS one_case,
    1 AS anything;

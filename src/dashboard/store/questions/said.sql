-- What was said about each impact within the filters, counted over its operations. If one rated it, it is rated; if one
-- looked and did not find it and none rated it, it is not found; it is absent if no operation has its setting.
CREATE OR REPLACE MACRO impacts_said(round_id, kept_countries, kept_impacts) AS TABLE
SELECT *, greatest(n_operations - n_rated - n_none_found, 0) AS n_not_rated,
    CASE
        WHEN n_rated > 0 THEN 'rated' WHEN n_none_found > 0 THEN 'none_found' WHEN n_operations = 0 THEN 'absent'
            ELSE 'not_rated'
    END AS state
FROM (
    SELECT i.impact, i.polarity, i.impact_position, CAST(coalesce(sum(t.n_operations), 0) AS INTEGER) AS n_operations,
        CAST(coalesce(sum(t.n_rated), 0) AS INTEGER) AS n_rated,
        CAST(coalesce(sum(t.n_none_found), 0) AS INTEGER) AS n_none_found
    FROM impact_card AS i
    LEFT JOIN impact_tally AS t ON t.impact = i.impact AND t.round = round_id
        AND list_contains(kept_countries, t.country)
    WHERE list_contains(kept_impacts, i.impact)
    GROUP BY i.impact, i.polarity, i.impact_position
);

-- What operations still have to answer, by operation and lead function: how much is asked, how much is left, when the
-- last answer was given, which answers are not applicable but unchecked, and the step that brought the operation's last
-- answers.
CREATE OR REPLACE MACRO owed_cells(framework_id, round_id, kept_countries, kept_criteria) AS TABLE
WITH wanted AS (
    SELECT criterion_no, coalesce(functions[1], '') AS function
    FROM chosen_criteria(framework_id, kept_criteria)
),
now AS (SELECT round_no FROM round WHERE round = round_id),
cells AS (
    SELECT round_no, operation_no, function, count(*) AS n_asked,
        count(*) FILTER (WHERE counts_as = 'unanswered') AS n_left,
        max(answered_on) AS last_answered_on,
        count(*) FILTER (WHERE counts_as = 'not_applicable' AND mark IS DISTINCT FROM 'checked') AS n_open
    FROM (SELECT round_no, operation_no, criterion_no, status_no, answered_on
        FROM answer SEMI JOIN now USING (round_no)) AS a
    JOIN wanted USING (criterion_no)
    JOIN scale USING (status_no)
    LEFT JOIN (SELECT operation_no, criterion_no, mark FROM reviewed SEMI JOIN now USING (round_no)) AS x
        USING (operation_no, criterion_no)
    GROUP BY round_no, operation_no, function
)
SELECT o.operation, o.title AS operation_title, c.title AS country_title, c.country, c.region, g.function, g.n_asked,
    g.n_left,
    g.last_answered_on, g.n_open, b.step
FROM cells AS g
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
LEFT JOIN brought AS b USING (round_no, operation_no)
WHERE list_contains(kept_countries, c.country);

-- Which scenarios stand ready? One row an assumption, as it would be made: `gaps`, the criteria that lift the mean most when they are in
-- place everywhere; `critical`, every critical criterion in the country that fails most of them; `planned`, every action.
WITH best AS (
    SELECT framework_no, arg_max(status, struct_pack(value := value, earlier := -status_no)) AS status
    FROM scale WHERE counts_as = 'answered' GROUP BY framework_no
),
cell AS (
    SELECT t.country_no, k.criterion, k.criterion_no, k.critical, k.framework_no, k.kind, t.weight_applicable AS weight,
        t.weight_answered AS answered, t.points, t.n_full < t.n_applicable AS lacking, t.n_critical_failed AS failed
    FROM tally AS t
    JOIN round AS r ON r.round_no = t.round_no AND r.round = $round
    JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
    JOIN country AS c ON c.country_no = t.country_no AND c.country <> 'GROUP' AND list_contains($countries, c.country)
),
-- A country without enough answers has no score that could be lifted.
whole AS (
    SELECT country_no, sum(answered) AS answered, sum(points) AS points
    FROM cell JOIN framework USING (framework_no) WHERE kind = $kind
    GROUP BY country_no HAVING sum(answered) > 0 AND sum(answered) >= any_value(coverage_limit) * sum(weight)
),
gain AS (
    SELECT c.criterion, c.criterion_no, c.framework_no, sum(
            (w.points + c.weight - c.points) / (w.answered + c.weight - c.answered) - w.points / w.answered
        ) AS lifted
    FROM cell AS c JOIN whole AS w USING (country_no) WHERE c.kind = $kind GROUP BY ALL
),
worst AS (
    SELECT country_no FROM cell JOIN country USING (country_no) WHERE critical AND lacking
    GROUP BY country_no, title ORDER BY sum(failed) DESC, count(*) DESC, title LIMIT 1
),
planned AS (
    SELECT max(due_on) AS day FROM chosen_actions($framework, $criteria, $impacts)
    WHERE status IN ('open', 'in_progress') AND criterion IS NOT NULL AND list_contains($countries, country)
)
SELECT ready, place, place_title, what, becomes, w.text
FROM (
    SELECT 'gaps' AS ready, 'all' AS place, '' AS place_title, criterion AS what, status AS becomes, criterion_no AS last
    FROM (FROM gain WHERE lifted > 0 ORDER BY lifted DESC, criterion_no LIMIT 3) JOIN best USING (framework_no)
    UNION ALL
    SELECT 'critical', c.country, c.title, k.criterion, b.status, k.criterion_no
    FROM worst JOIN country AS c USING (country_no) JOIN cell AS k USING (country_no) JOIN best AS b USING (framework_no)
    WHERE k.critical AND k.lacking
    UNION ALL
    SELECT 'planned', 'all', '', 'planned', strftime(day, '%Y-%m-%d'), 0 FROM planned WHERE day IS NOT NULL
) LEFT JOIN wording AS w ON w.id = what AND w.language = $lang
ORDER BY ready <> 'gaps', ready, last;

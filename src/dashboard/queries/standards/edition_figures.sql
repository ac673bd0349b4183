-- How far is one operation in each key area, under each edition? The editions are asked apart and never summed.
WITH own AS (
    SELECT k.framework, k.framework_no, k.area_code, k.area, any_value(coverage_limit) AS coverage_limit, any_value(count_below) AS count_below,
        r.round, r.title AS round_title, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_known) AS n_not_known, sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil,
        sum(n_critical_failed) AS n_critical_failed, sum(n_evidence_seen + n_evidence_checked) AS n_seen,
        sum(weight_applicable) AS weight_applicable, sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM counted AS c JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN criterion_card AS k USING (criterion_no) JOIN read_in($round) AS i ON i.framework = k.framework AND i.round = r.round
    WHERE o.operation = $operation AND k.framework IN ($earlier_edition, $later_edition) AND k.kind = $kind
        AND list_contains($criteria, k.criterion)
    GROUP BY k.framework, k.framework_no, k.area_code, k.area, r.round, r.title
)
SELECT CASE WHEN f.framework = $earlier_edition THEN 1 ELSE 2 END AS position, f.short_title AS subject_title, o.area_code AS code,
    o.area_code, w.title AS code_title, o.round, o.round_title,
    reading_of(n_asked, n_applicable, n_answered, n_not_known, o.coverage_limit, o.count_below) AS reading,
    percent_of(points, weight_answered) AS percent, whole_percent(low_of(points, weight_applicable)) AS low,
    whole_percent(high_of(points, weight_answered, weight_applicable)) AS high, n_asked, n_applicable, n_answered, n_full, n_part,
    n_nil, n_critical_failed, n_seen, CAST(NULL AS DOUBLE) AS lowest, CAST(NULL AS DOUBLE) AS highest,
    CAST(NULL AS BIGINT) AS n_countries
FROM own AS o
JOIN framework AS f ON f.framework = o.framework
JOIN wording AS w ON w.id = o.area AND w.language = $lang
ORDER BY o.area_code, position;

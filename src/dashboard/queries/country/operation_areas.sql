-- How far is one operation in each principle this round, and how far was the round before on matched answers?
WITH own AS (
    SELECT area, area_no, area_code, k.kind, k.framework_no, any_value(coverage_limit) AS coverage_limit,
        any_value(count_below) AS count_below,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_known) AS n_not_known, sum(n_critical_failed) AS n_critical_failed, sum(n_full) AS n_full,
        sum(n_part) AS n_part, sum(n_nil) AS n_nil, sum(weight_applicable) AS weight_applicable,
        sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM counted JOIN operation USING (operation_no) JOIN round USING (round_no)
    JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
    WHERE operation = $operation AND round = $round
    GROUP BY area, area_no, area_code, k.kind, k.framework_no
),
read AS (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        percent_of(points, weight_answered) AS percent
    FROM own
)
SELECT area, area_code, w.title AS area_title, kind, reading, percent,
    whole_percent(low_of(points, weight_applicable)) AS low,
    whole_percent(high_of(points, weight_answered, weight_applicable)) AS high,
    n_asked, n_applicable, n_answered, n_full, n_part, n_nil, n_critical_failed, b.band, b.title AS band_title
FROM read JOIN wording AS w ON w.id = area AND w.language = $lang
LEFT JOIN band AS b ON b.framework_no = read.framework_no AND percent >= b.starts_at AND percent < b.ends_at
ORDER BY kind, area_no;

-- How far is one operation, round by round, in respect and in support? And where is the rest of the group?
WITH own AS (
    SELECT r.round, r.title AS round_title, r.position, k.kind, k.framework_no, k.coverage_limit, k.count_below,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known,
        sum(n_critical_failed) AS n_critical_failed, sum(n_evidence_seen + n_evidence_checked) AS n_seen,
        sum(weight_applicable) AS weight_applicable, sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM counted JOIN operation USING (operation_no) JOIN round AS r USING (round_no)
    JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
    WHERE operation = $operation
    GROUP BY r.round, r.title, r.position, k.kind, k.framework_no, k.coverage_limit, k.count_below
),
read AS (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        percent_of(points, weight_answered) AS percent
    FROM own
)
SELECT round, round_title, position, kind, reading, percent,
    whole_percent(low_of(points, weight_applicable)) AS low,
    whole_percent(high_of(points, weight_answered, weight_applicable)) AS high,
    percent_of(n_answered, n_applicable) AS coverage, n_asked, n_applicable, n_answered, n_not_applicable,
    n_not_known, n_critical_failed, n_seen, b.band, b.title AS band_title
FROM read LEFT JOIN band AS b ON b.framework_no = read.framework_no AND percent >= b.starts_at AND percent < b.ends_at
ORDER BY kind, position;

-- How far is one operation, round by round, in respect and in support? And where is the rest of the group?
WITH one AS (
    SELECT operation_no, country_no FROM operation WHERE operation = $operation
),
own AS (
    SELECT r.round, r.title AS round_title, r.position, k.kind, k.framework_no, k.coverage_limit, k.count_below,
        count(*) AS n_asked,
        count(*) FILTER (WHERE s.counts_as <> 'not_applicable') AS n_applicable,
        count(*) FILTER (WHERE s.counts_as = 'answered') AS n_answered,
        count(*) FILTER (WHERE s.counts_as = 'not_applicable') AS n_not_applicable,
        count(*) FILTER (WHERE s.counts_as = 'not_known') AS n_not_known,
        count(*) FILTER (WHERE s.value = 0 AND k.critical) AS n_critical_failed,
        count(*) FILTER (WHERE s.counts_as = 'answered' AND evidence >= 2) AS n_seen,
        sum(k.weight) FILTER (WHERE s.counts_as <> 'not_applicable') AS weight_applicable,
        sum(k.weight) FILTER (WHERE s.counts_as = 'answered') AS weight_answered,
        coalesce(sum(s.value * k.weight), 0) AS points
    FROM answer JOIN one USING (operation_no)
    JOIN round AS r USING (round_no)
    JOIN chosen_criteria($framework, $principle, $risk_area) AS k USING (criterion_no)
    JOIN scale AS s USING (status_no)
    GROUP BY r.round, r.title, r.position, k.kind, k.framework_no, k.coverage_limit, k.count_below
),
read AS (
    SELECT *, reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS reading,
        percent_of(points, weight_answered) AS percent
    FROM own
)
SELECT round, round_title, position AS position, kind, reading, percent,
    round(100 * low_of(points, weight_applicable)) AS low,
    round(100 * high_of(points, weight_answered, weight_applicable)) AS high,
    percent_of(n_answered, n_applicable) AS coverage, n_asked, n_applicable, n_answered, n_not_applicable,
    n_not_known, n_critical_failed, n_seen, b.band, b.title AS band_title
FROM read LEFT JOIN band AS b ON b.framework_no = read.framework_no AND percent >= b.starts_at AND percent < b.ends_at
ORDER BY kind, position;

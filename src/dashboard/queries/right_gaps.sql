-- Where is one right served least? The three lowest operations of each framework, each with what it lacks, critical first.
WITH answered AS (
    SELECT k.framework, k.framework_no, o.operation, o.title AS operation_title, k.criterion, w.text, k.critical, c.value,
        c.status_title, c.counts_as, c.points, c.weight_answered, c.n_asked, c.n_applicable, c.n_answered, c.n_not_known,
        k.coverage_limit, k.count_below
    FROM cell AS g
    JOIN criterion_card AS k USING (criterion_no)
    JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
    JOIN read_in($round) AS r ON r.framework = k.framework
    JOIN round AS t ON t.round = r.round
    JOIN counted AS c ON c.criterion_no = k.criterion_no AND c.round_no = t.round_no
    JOIN operation AS o USING (operation_no)
    JOIN country AS y USING (country_no)
    WHERE g.grid = 'right' AND g.row_code = $focus AND k.kind = $kind AND kept_any($right, k.rights)
        AND kept_any($risk_area, k.risk_areas) AND (k.framework <> $framework OR kept($principle, k.area))
        AND kept($country, y.country) AND in_spread($country, y.country)
),
read AS (
    SELECT *, score_of(sum(points) OVER w, sum(weight_answered) OVER w) AS score,
        reading_of(sum(n_asked) OVER w, sum(n_applicable) OVER w, sum(n_answered) OVER w, sum(n_not_known) OVER w,
            coverage_limit, count_below) AS reading
    FROM answered WINDOW w AS (PARTITION BY framework, operation)
),
ranked AS (
    SELECT *, dense_rank() OVER (PARTITION BY framework ORDER BY score, operation) AS place
    FROM read WHERE reading IN ('score', 'count') AND score < 1
)
SELECT framework, place, operation, operation_title, whole_percent(score) AS percent, criterion, text, critical, status_title, value
FROM ranked
WHERE place <= 3 AND counts_as = 'answered' AND value < 1
ORDER BY framework_no, place, critical DESC, value, criterion;

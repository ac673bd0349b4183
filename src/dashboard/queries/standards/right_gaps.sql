-- Where is one right served least? The three lowest countries of each framework, each with what it lacks, critical first.
-- Read from the tallies by country, not from single answers: of millions of those, three countries are wanted.
WITH answered AS (
    SELECT s.framework, s.framework_no, s.country, s.country_title, s.criterion, s.critical, s.n_full, s.n_part, s.n_nil, s.n_answered,
        score_of(sum(s.points) OVER w, sum(s.weight_answered) OVER w) AS score,
        score_of(s.points, s.weight_answered) AS own_score,
        reading_of(sum(s.n_asked) OVER w, sum(s.n_applicable) OVER w, sum(s.n_answered) OVER w, sum(s.n_not_known) OVER w,
            s.coverage_limit, s.count_below) AS reading
    FROM cell AS g
    JOIN score AS s USING (criterion_no)
    JOIN read_in($round) AS r ON r.framework = s.framework AND r.round = s.round
    WHERE g.grid = 'right' AND g.row_code = $focus AND s.kind = $kind AND list_contains($criteria, s.criterion)
        AND list_contains($countries, s.country) AND in_spread($countries, s.country)
    WINDOW w AS (PARTITION BY s.framework, s.country)
),
ranked AS (
    SELECT *, dense_rank() OVER (PARTITION BY framework ORDER BY score, country) AS place
    FROM answered WHERE reading IN ('score', 'count') AND score < 1
)
SELECT framework, place, country, country_title, whole_percent(score) AS percent, criterion, w.text, critical, n_full, n_part, n_nil,
    own_score
FROM ranked JOIN wording AS w ON w.id = criterion AND w.language = $lang
WHERE place <= 3 AND n_answered > 0 AND own_score < 1
ORDER BY framework_no, place, critical DESC, own_score, criterion;

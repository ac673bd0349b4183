-- How much guidance is there, and how much of what was answered in the choice is not in place? One row.
SELECT (SELECT count(*) FROM guidance) AS n_guidance, count(*) FILTER (WHERE n_answered > 0) AS n_criteria,
    count(*) FILTER (WHERE n_nil + n_part > 0) AS n_weak, count(*) FILTER (WHERE failed > 0) AS n_critical_failed
FROM (
    SELECT sum(n_answered) AS n_answered, sum(n_nil) AS n_nil, sum(n_part) AS n_part, sum(n_critical_failed) AS failed
    FROM chosen($framework, $round, $countries, $criteria, [])
    GROUP BY criterion_no
);

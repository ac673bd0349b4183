-- Which scores change? With both figures, if there are two.
SELECT coalesce(w.round, n.round) AS round, coalesce(w.framework, n.framework) AS framework,
    coalesce(w.country, n.country) AS country,
    coalesce(w.area, n.area) AS area, coalesce(w.kind, n.kind) AS kind, w AS was, n AS now
FROM (FROM memory.main.figure WHERE side = 'was') AS w
FULL JOIN (FROM memory.main.figure WHERE side = 'now') AS n
    ON n.round = w.round AND n.framework = w.framework AND n.country = w.country AND n.area = w.area AND n.kind = w.kind
WHERE (w.reading, w.percent, w.low, w.high, w.coverage, w.n_answered, w.n_applicable, w.n_seen, w.n_critical_failed,
    w.n_full, w.n_part)
    IS DISTINCT FROM
    (n.reading, n.percent, n.low, n.high, n.coverage, n.n_answered, n.n_applicable, n.n_seen, n.n_critical_failed,
    n.n_full, n.n_part)
ORDER BY 1 DESC, 2, 3, 4, 5;

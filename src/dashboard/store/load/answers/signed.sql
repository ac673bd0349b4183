-- What does this load newly say of each level, and which steps brought the answers there?
SELECT w.round, coalesce(w.operation, '') AS operation, coalesce(w.country, '') AS country, w.state,
    coalesce(own.country, '') AS within,
    coalesce(list(DISTINCT a.step ORDER BY a.step) FILTER (WHERE a.step IS NOT NULL), []) AS steps
FROM new_word AS w
LEFT JOIN operation AS o ON o.operation_no = w.operation_no OR (w.operation_no IS NULL AND o.country_no = w.country_no)
LEFT JOIN country AS own ON own.country_no = o.country_no AND w.operation IS NOT NULL
LEFT JOIN (FROM answer JOIN scale USING (status_no) WHERE counts_as <> 'unanswered') AS a
    ON a.round_no = w.round_no AND a.operation_no = o.operation_no
GROUP BY w.round, w.operation, w.country, w.state, own.country
ORDER BY w.round, w.operation, w.country;

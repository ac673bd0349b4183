-- Which criteria or statuses are no longer asked or known although they have answers?
SELECT coalesce(c.criterion, f.criterion) AS criterion, count(*) AS n_answers
FROM answer AS k
JOIN operation AS o USING (operation_no)
LEFT JOIN criterion AS c USING (criterion_no)
LEFT JOIN former AS f USING (criterion_no)
LEFT JOIN scale AS sc USING (status_no)
LEFT JOIN asked AS a ON a.round_no = k.round_no AND a.profile_no = o.profile_no AND a.criterion_no = k.criterion_no
WHERE (a.criterion_no IS NULL AND coalesce(sc.counts_as, '') <> 'unanswered') OR sc.status_no IS NULL
    OR sc.scale_no <> c.scale_no
GROUP BY ALL
ORDER BY criterion;

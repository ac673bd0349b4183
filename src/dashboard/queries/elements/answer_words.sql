-- What do answers to the framework call each degree: in place, partly, not in place, not applicable, not known? The
-- best title first.
SELECT CASE WHEN s.counts_as <> 'answered' THEN s.counts_as WHEN s.value = 1 THEN 'full' WHEN s.value = 0 THEN 'nil'
    ELSE 'part' END AS degree,
    list(s.title ORDER BY s.value DESC, s.status_no) AS titles
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND s.counts_as <> 'unanswered' GROUP BY degree ORDER BY degree;

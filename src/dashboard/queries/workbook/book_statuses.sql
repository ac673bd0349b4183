-- Which statuses are in each scale of the frameworks that an operation answers in a round, in the order of the scale?
-- An empty operation keeps all. A scale that counts the other way round has the same words, and is not listed apart.
SELECT f.framework, f.short_title AS framework_title, f.version AS framework_version, f.held_in_part, s.of_scale,
    s.number, s.status, s.title,
    s.counts_as, any_value(CASE WHEN s.reversed THEN 1 - s.value ELSE s.value END) AS value
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE s.counts_as <> 'unanswered'
    AND f.framework IN (SELECT framework FROM participation WHERE $operation IN ('', operation) AND round = $round)
GROUP BY f.framework_no, f.framework, f.short_title, f.version, f.held_in_part, s.of_scale, s.number, s.status, s.title,
    s.counts_as
ORDER BY f.framework_no, s.of_scale, min(s.status_no);

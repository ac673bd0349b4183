-- Which statuses are in the scale of each framework that an operation answers in a round, in the order of the scale?
-- An empty operation keeps all.
SELECT f.framework, f.short_title AS framework_title, f.version AS framework_version, f.held_in_part, s.status, s.title, s.counts_as, s.value
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE s.counts_as <> 'unanswered'
    AND f.framework IN (SELECT framework FROM participation WHERE $operation IN ('', operation) AND round = $round)
ORDER BY f.framework_no, s.status_no;

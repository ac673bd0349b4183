-- What do the answers that this load reviews say once it is in? Its own sound answers replace stored ones.
CREATE TEMP VIEW under_review AS
SELECT v.row_id, v.criterion, v.reviewed_by_role, coalesce(g.counts_as, k.counts_as, 'unanswered') AS counts_as,
    CASE WHEN g.counts_as IS NOT NULL THEN g.answered_by_role ELSE k.answered_by_role END AS answered_by_role
FROM sound_reviews AS v
LEFT JOIN (
    SELECT s.round, s.operation, s.criterion, s.answered_by_role, sc.counts_as
    FROM sound_answers AS s
    SEMI JOIN staged_reviews AS v USING (round, operation, criterion)
    JOIN criterion AS c USING (criterion)
    JOIN scale AS sc ON sc.scale_no = c.scale_no AND sc.status = s.status
) AS g USING (round, operation, criterion)
LEFT JOIN (
    SELECT r.round, o.operation, c.criterion, a.answered_by_role, sc.counts_as
    FROM answer AS a
    JOIN round AS r USING (round_no)
    JOIN operation AS o USING (operation_no)
    JOIN criterion AS c USING (criterion_no)
    JOIN scale AS sc USING (status_no)
    SEMI JOIN staged_reviews AS v USING (round, operation, criterion)
) AS k USING (round, operation, criterion);

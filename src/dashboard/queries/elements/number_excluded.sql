-- Which answers does the figure leave out, and why? Not applicable, not known and unanswered.
SELECT c.title AS country_title, o.title AS operation_title, k.criterion, s.title AS status_title, s.counts_as,
    a.na_reason, x.mark, x.reviewed_by_role
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
LEFT JOIN reviewed AS x ON x.round_no = a.round_no AND x.operation_no = a.operation_no
    AND x.criterion_no = a.criterion_no
WHERE r.round = $round AND list_contains($countries, c.country) AND in_spread($countries, c.country) AND k.kind = $kind
    AND s.counts_as <> 'answered'
ORDER BY in_order(c.title), k.criterion_no
LIMIT 200;

-- Which answers say not applicable without having been checked, or have changed since the check? Critical ones first,
-- at most 60; `all_n` counts all.
WITH open AS (
    SELECT a.operation_no, a.criterion_no, a.na_reason, a.answered_by_role, a.answered_on, x.mark, x.reviewed_by_role
    FROM answer AS a
    JOIN scale AS s USING (status_no)
    LEFT JOIN reviewed AS x USING (round_no, operation_no, criterion_no)
    WHERE a.round_no = (SELECT round_no FROM round WHERE round = $round) AND s.counts_as = 'not_applicable'
        AND x.mark IS DISTINCT FROM 'checked'
)
SELECT o.operation, o.title AS operation_title, k.criterion, k.critical, coalesce(k.functions[1], '') AS function,
    w.text, n.na_reason,
    n.answered_by_role, n.answered_on, n.mark, n.reviewed_by_role, count(*) OVER () AS all_n
FROM open AS n
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
WHERE list_contains($countries, c.country)
ORDER BY k.critical DESC, c.country = 'GROUP', in_order(c.region), in_order(c.title), in_order(o.title), o.operation,
    k.criterion_no
LIMIT 60;

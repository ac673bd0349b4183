-- Which opportunity ratings does an archive hold, as rows that could be imported?
SELECT r.round, o.operation, t.impact, t.reach, t.need, t.feasibility, CASE WHEN t.found THEN 'yes' ELSE 'none' END AS found,
    t.confidence, t.basis, t.rated_by_role, t.rated_on
FROM opportunity_rating AS t JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
WHERE list_contains($operations, o.operation)
ORDER BY r.position, o.operation, t.impact;

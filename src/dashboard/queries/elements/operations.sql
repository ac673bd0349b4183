-- Which operations may the Country page show, and what is each? `of_group` is the code of its group of operations, if
-- it has one.
SELECT o.operation, o.title AS operation_title, c.country, c.title AS country_title, c.region, o.kind AS operation_kind,
    o.services, o.first_round, r.title AS last_round, o.synthetic, g.subject AS of_group,
    g.title AS group_title
FROM named_operation AS o JOIN country AS c USING (country_no) LEFT JOIN subject_operation AS g USING (operation)
LEFT JOIN round AS r ON r.round = o.last_round
WHERE o.kind <> 'rest' AND list_contains($countries, c.country) AND o.operation
    IN (SELECT operation FROM participation WHERE framework = $framework)
ORDER BY c.country = 'GROUP', in_order(c.region), in_order(c.title), in_order(coalesce(g.title, o.title)),
    in_order(o.title);

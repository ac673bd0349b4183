-- Which operations may the Country page show, and what is each?
SELECT o.operation, o.title AS operation_title, c.country, c.title AS country_title, c.region, o.kind AS operation_kind,
    o.services, o.first_round, o.synthetic, o.of_group
FROM operation AS o JOIN country AS c USING (country_no)
WHERE o.kind <> 'rest' AND list_contains($countries, c.country) AND o.operation IN (SELECT operation FROM participation WHERE framework = $framework)
ORDER BY c.country = 'GROUP', in_order(c.region), in_order(c.title), in_order(o.title);

-- Which operations does an archive hold, as rows that could be imported?
SELECT o.operation, CASE WHEN o.kind = 'operation' THEN c.country END AS country, o.title, o.kind, list_sort(o.services) AS services, list_sort(o.frameworks) AS frameworks,
    o.first_round, o.synthetic, o.of_group AS "group"
FROM operation AS o JOIN country AS c USING (country_no)
WHERE list_contains($operations, o.operation)
ORDER BY o.operation;

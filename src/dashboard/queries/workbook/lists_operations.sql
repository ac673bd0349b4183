-- What does the list of operations say, as a file would? The head office is in no country.
SELECT o.operation, nullif(c.country, 'GROUP') AS country, nullif(o.title, o.operation) AS title, o.kind, o.services,
    o.frameworks, o.first_round, o.last_round, o.short_until, o.language,
    if(o.synthetic, 'true', NULL) AS synthetic,
    o.of_group AS "group", o.formerly
FROM operation AS o JOIN country AS c USING (country_no)
ORDER BY o.operation_no;

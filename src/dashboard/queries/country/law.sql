-- What is known of the law and the services of the countries in the filters or, if given, of the country of one
-- operation? By country and subject; what was looked for in vain last.
SELECT l.law, c.country, c.title AS country_title, l.subject, l.verification, l.on_whom, l.asks, l.instrument,
    l.article, l.in_force, l.title, l.publisher, l.address, l.on_page, l.read_on, l.criteria, l.risk_areas, l.note
FROM law AS l JOIN country AS c USING (country_no)
WHERE CASE WHEN coalesce($operation, '') = '' THEN list_contains($countries, c.country)
        ELSE country_no IN (SELECT country_no FROM operation WHERE operation = $operation) END
ORDER BY in_order(c.title), l.verification = 'not_found', l.subject, l.law;

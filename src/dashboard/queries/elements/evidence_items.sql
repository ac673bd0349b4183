-- Which documents and links do the answers of the round rest on? At most 500, unless the whole is wanted.
-- Of a confidential one only the title is shown: the rest is seen where answers are edited.
SELECT c.country, o.operation, o.title AS operation_title, k.criterion, e.title, e.confidential,
    CASE WHEN NOT e.confidential THEN e.link END AS link, CASE WHEN NOT e.confidential THEN e.document END AS document,
    CASE WHEN NOT e.confidential THEN e.page END AS page, CASE WHEN NOT e.confidential THEN e.holder END AS holder,
        e.dated_on
FROM evidence_item AS e
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
WHERE r.round = $round AND list_contains($countries, c.country) AND $operation IN ('', o.operation) AND $kind
    IN ('', k.kind)
    AND kept($within, k.criterion)
ORDER BY k.criterion_no, c.country = 'GROUP', in_order(c.title), in_order(o.title), e.position
LIMIT CASE WHEN NOT $whole THEN 500 END;

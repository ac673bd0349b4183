-- Which documents and links do the answers of one operation in one round rest on? Of a confidential one only title and
-- day are given.
SELECT k.criterion, w.text, e.title, CASE WHEN NOT e.confidential THEN e.link END AS link,
    CASE WHEN NOT e.confidential THEN e.document END AS document, e.dated_on,
        CASE WHEN NOT e.confidential THEN e.page END AS page,
    CASE WHEN NOT e.confidential THEN e.holder END AS holder, e.confidential
FROM evidence_item AS e
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
WHERE o.operation = $operation AND r.round = $round
ORDER BY k.criterion_no, e.position;

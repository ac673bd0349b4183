-- What has been said about the answers of the round, oldest first? At most 500, unless the whole is wanted.
SELECT r.round, o.operation, k.criterion, e.role, e.said_on, e.text
FROM answer_comment AS e
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
WHERE r.round = $round AND list_contains($countries, c.country) AND $operation IN ('', o.operation)
    AND kept($within, k.criterion)
ORDER BY e.said_on, e.step, e.rowid
LIMIT CASE WHEN NOT $whole THEN 500 END;

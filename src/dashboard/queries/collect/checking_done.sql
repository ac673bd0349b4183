-- How many answers within the filters were checked and are unchanged since?
SELECT count(*) AS n_checked
FROM (FROM reviewed WHERE mark = 'checked' AND round_no = (SELECT round_no FROM round WHERE round = $round)) AS x
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE list_contains($countries, c.country) AND $operation IN ('', o.operation);

-- Which answers are named, and with which status, by number? Each change is an operation, a criterion and a status, in
-- three lists.
SELECT o.operation_no, k.criterion_no, s.status_no
FROM (SELECT unnest($operations) AS operation, unnest($criteria) AS criterion, unnest($statuses) AS status) AS c
JOIN operation AS o USING (operation)
JOIN criterion AS k USING (criterion)
JOIN scale AS s ON s.scale_no = k.scale_no AND s.status = c.status;

-- What did one operation answer, in every round? One row per answer.
SELECT round, country, operation, criterion_no, status_no, evidence, answered_on
FROM answer JOIN operation USING (operation_no) JOIN country USING (country_no) JOIN round USING (round_no)
WHERE operation = $operation
ORDER BY round_no, criterion_no;

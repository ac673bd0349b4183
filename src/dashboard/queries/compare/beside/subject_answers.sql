-- What did the operations that are compared answer, each in its own round? One row per answer.
SELECT round, country, operation, criterion_no, status_no, evidence, answered_on, coalesce(note, na_reason) AS note
FROM answer JOIN (operation CROSS JOIN round) USING (operation_no, round_no) JOIN country USING (country_no)
WHERE (round = $round AND list_contains($subject, operation)) OR list_contains($subject, operation || '@' || round)
ORDER BY operation, round_no, criterion_no;

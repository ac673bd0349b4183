-- What did the operations that are compared answer, alone or in their groups, each in its own round? One row per
-- answer.
WITH compared AS (
    SELECT DISTINCT operation, round
    FROM (SELECT operation AS subject, operation FROM operation UNION ALL SELECT subject, operation
        FROM subject_operation) CROSS JOIN round
    WHERE (round = $round AND list_contains($subject, subject)) OR list_contains($subject, subject || '@' || round)
)
SELECT round, country, operation, criterion_no, status_no, evidence, answered_on, coalesce(note, na_reason) AS note
FROM answer JOIN (operation CROSS JOIN round) USING (operation_no, round_no) JOIN country USING (country_no)
SEMI JOIN compared USING (operation, round)
ORDER BY operation, round_no, criterion_no;

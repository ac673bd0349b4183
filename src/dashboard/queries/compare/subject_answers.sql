-- What did the operations that are compared answer, each in the round it is compared in? One row an answer.
WITH whose AS (
    SELECT operation, operation_no, country, round, round_no
    FROM operation JOIN country USING (country_no) CROSS JOIN round
    WHERE (round = $round AND list_contains($subject, operation)) OR list_contains($subject, operation || '@' || round)
)
SELECT w.round, w.country, w.operation, a.criterion_no, a.status_no, a.evidence, a.answered_on, s.title AS status_title, s.counts_as,
    coalesce(a.note, a.na_reason) AS note
FROM answer AS a JOIN whose AS w USING (round_no, operation_no) JOIN scale AS s USING (status_no)
ORDER BY w.operation, w.round_no, a.criterion_no;

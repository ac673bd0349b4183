-- Which operations end before the round in which they joined, or before one in which they said something?
INSERT INTO found
WITH day AS (
    SELECT round, try_cast(starts_on AS DATE) AS starts_on FROM staged_rounds
    UNION ALL
    SELECT round, starts_on FROM round ANTI JOIN staged_rounds USING (round)
), ending AS (
    SELECT s.rowid AS row_id, s.last_round, ended.starts_on, coalesce(s.first_round, o.first_round) AS first_round,
        o.operation_no
    FROM staged_operations AS s
    JOIN day AS ended ON ended.round = s.last_round
    LEFT JOIN former_claim AS c ON c.form = 'operations' AND c.row_id = s.rowid AND c.wrong IS NULL
    LEFT JOIN operation AS o ON o.operation = coalesce(c.former, s.operation)
), said AS (
    SELECT DISTINCT operation_no, round_no FROM answer JOIN scale USING (status_no)
    WHERE counts_as <> 'unanswered' AND operation_no IN (SELECT operation_no FROM ending)
    UNION
    SELECT operation_no, round_no FROM risk_rating
    UNION
    SELECT operation_no, round_no FROM opportunity_rating
    UNION
    SELECT operation_no, round_no FROM child_participation
)
SELECT 'ends_before_it_joins', 'operations', row_id, 'last_round', last_round, first_round
FROM ending JOIN day AS joined ON joined.round = first_round
WHERE ending.starts_on < joined.starts_on
UNION ALL
SELECT 'ends_before_answer', 'operations', row_id, 'last_round', last_round, arg_max(round, day.starts_on)
FROM ending JOIN said USING (operation_no) JOIN round USING (round_no) JOIN day USING (round)
WHERE day.starts_on > ending.starts_on
GROUP BY ALL;

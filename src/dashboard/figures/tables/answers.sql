-- What does every operation answer to every criterion in every round, as a number? Places and codes as in
-- `figures/all_answers.py`.
SELECT CAST(round_no AS INTEGER) * $width + criterion_no AS cell, operation_no,
    1 + status_no * $levels + coalesce(evidence + 1, 0) AS code FROM answer;

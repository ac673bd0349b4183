-- What was imported, row by row? By its subject, with the numbers of this publication, and why it stays out if it does.
WITH said AS (
    {{ handed_in() }}
),
out AS (SELECT form, row_id, min(kind) AS why, bool_or(kind = 'blank') AS blank FROM found GROUP BY form, row_id)
SELECT s.*, out.why, r.round_no, o.operation_no, c.criterion_no
FROM said AS s
LEFT JOIN out USING (form, row_id)
LEFT JOIN round AS r ON r.round = s.round
LEFT JOIN operation AS o ON o.operation = s.operation
LEFT JOIN criterion AS c ON s.form = 'answers' AND c.criterion = s.code
WHERE out.blank IS DISTINCT FROM true;

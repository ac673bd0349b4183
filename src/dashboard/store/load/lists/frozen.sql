-- Of which operations may nothing that was said in a round change? Of all in a closed round, and of those that were
-- approved, themselves or with their country or the group.
CREATE TEMP TABLE frozen AS
WITH approved AS (
    SELECT round_no, operation_no FROM was_approved WHERE operation_no IS NOT NULL
    UNION
    SELECT w.round_no, o.operation_no FROM was_approved AS w JOIN operation AS o USING (country_no)
    WHERE w.operation_no IS NULL
    UNION
    SELECT w.round_no, o.operation_no FROM was_approved AS w CROSS JOIN operation AS o
    WHERE w.operation_no IS NULL AND w.country_no IS NULL
),
closed AS (SELECT round_no, operation_no FROM was_closed JOIN round USING (round) CROSS JOIN operation)
SELECT round_no, operation_no, a.round_no IS NOT NULL AS approved, c.round_no IS NOT NULL AS closed
FROM approved AS a FULL JOIN closed AS c USING (round_no, operation_no);

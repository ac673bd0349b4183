-- How many rows of each round are in the files, and how many of them would be published? Blank rows count nowhere.
WITH said AS (
    SELECT 'answers' AS form, rowid AS row_id, round FROM staged_answers
    UNION ALL
    SELECT 'risk_ratings', rowid, round FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings', rowid, round FROM staged_opportunity_ratings
),
out AS (SELECT form, row_id, bool_or(kind = 'blank') AS blank FROM found GROUP BY form, row_id)
SELECT said.round, count(*) FILTER (WHERE out.row_id IS NULL) AS n_in, count(*) AS n
FROM said LEFT JOIN out USING (form, row_id)
WHERE said.round IS NOT NULL AND out.blank IS DISTINCT FROM true
GROUP BY said.round ORDER BY said.round;

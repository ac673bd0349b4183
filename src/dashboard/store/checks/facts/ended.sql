-- Which ratings, and records of how children were heard, are of a round after the last one of their operation?
INSERT INTO found
SELECT 'operation_ended', s.form, s.row_id, 'round', s.round, o.last_round
FROM (
    SELECT 'risk_ratings' AS form, rowid AS row_id, round, operation FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings', rowid, round, operation FROM staged_opportunity_ratings
    UNION ALL
    SELECT 'participation', rowid, round, operation FROM staged_participation
) AS s
JOIN operation AS o ON o.operation = s.operation
JOIN round AS ended ON ended.round = o.last_round
JOIN round AS r ON r.round = s.round
WHERE r.position > ended.position;

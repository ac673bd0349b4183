-- How much is in the publication? Counted table by table, because joining ten counts into one row is slow.
WITH counted AS (
    SELECT 'answers' AS what, count(*) AS n FROM answer JOIN scale USING (status_no) WHERE counts_as <> 'unanswered'
    UNION ALL SELECT 'asked', count(*) FROM answer
    UNION ALL SELECT 'operations', count(*) FROM operation
    UNION ALL SELECT 'synthetic', count(*) FROM operation WHERE synthetic
    UNION ALL SELECT 'rounds', count(*) FROM round
    UNION ALL SELECT 'risk_ratings', count(*) FROM risk_rating WHERE found
    UNION ALL SELECT 'opportunity_ratings', count(*) FROM opportunity_rating WHERE found
    UNION ALL SELECT 'actions', count(*) FROM action
    UNION ALL SELECT 'context', count(*) FROM context
    UNION ALL SELECT 'problems', count(*) FROM problem
)
SELECT sum(n) FILTER (WHERE what = 'answers')::BIGINT AS n_answers,
    sum(n) FILTER (WHERE what = 'asked')::BIGINT AS n_asked,
    sum(n) FILTER (WHERE what = 'operations')::BIGINT AS n_operations,
    sum(n) FILTER (WHERE what = 'synthetic')::BIGINT AS n_synthetic,
    sum(n) FILTER (WHERE what = 'rounds')::BIGINT AS n_rounds,
    sum(n) FILTER (WHERE what = 'risk_ratings')::BIGINT AS n_risk_ratings,
    sum(n) FILTER (WHERE what = 'opportunity_ratings')::BIGINT AS n_opportunity_ratings,
    sum(n) FILTER (WHERE what = 'actions')::BIGINT AS n_actions,
    sum(n) FILTER (WHERE what = 'context')::BIGINT AS n_context,
    sum(n) FILTER (WHERE what = 'problems')::BIGINT AS n_problems
FROM counted;

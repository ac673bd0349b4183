-- Which dates are invalid?
INSERT INTO found
SELECT 'bad_date', 'answers', rowid, 'answered_on', answered_on, 'YYYY-MM-DD'
FROM staged_answers WHERE answered_on IS NOT NULL AND try_cast(answered_on AS DATE) IS NULL
UNION ALL
SELECT 'bad_date', 'reviews', rowid, 'reviewed_on', reviewed_on, 'YYYY-MM-DD'
FROM staged_reviews WHERE reviewed_on IS NOT NULL AND try_cast(reviewed_on AS DATE) IS NULL
UNION ALL
SELECT 'bad_date', 'risk_ratings', rowid, 'rated_on', rated_on, 'YYYY-MM-DD'
FROM staged_risk_ratings WHERE rated_on IS NOT NULL AND try_cast(rated_on AS DATE) IS NULL
UNION ALL
SELECT 'bad_date', 'opportunity_ratings', rowid, 'rated_on', rated_on, 'YYYY-MM-DD'
FROM staged_opportunity_ratings WHERE rated_on IS NOT NULL AND try_cast(rated_on AS DATE) IS NULL
UNION ALL
SELECT 'bad_date', 'actions', rowid, 'due_on', due_on, 'YYYY-MM-DD'
FROM staged_actions WHERE try_cast(due_on AS DATE) IS NULL;

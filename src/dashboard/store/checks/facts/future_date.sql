-- Which answers, reviews or ratings are dated after tomorrow? Where an operation is, it may be tomorrow already.
INSERT INTO found
SELECT 'future_date', 'answers', rowid, 'answered_on', answered_on, CAST($today + 1 AS VARCHAR)
FROM staged_answers WHERE try_cast(answered_on AS DATE) > $today + 1
UNION ALL
SELECT 'future_date', 'reviews', rowid, 'reviewed_on', reviewed_on, CAST($today + 1 AS VARCHAR)
FROM staged_reviews WHERE try_cast(reviewed_on AS DATE) > $today + 1
UNION ALL
SELECT 'future_date', 'risk_ratings', rowid, 'rated_on', rated_on, CAST($today + 1 AS VARCHAR)
FROM staged_risk_ratings WHERE try_cast(rated_on AS DATE) > $today + 1
UNION ALL
SELECT 'future_date', 'opportunity_ratings', rowid, 'rated_on', rated_on, CAST($today + 1 AS VARCHAR)
FROM staged_opportunity_ratings WHERE try_cast(rated_on AS DATE) > $today + 1;

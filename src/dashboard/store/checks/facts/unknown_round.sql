-- Which rows name a round that is not in the list of rounds?
INSERT INTO found
SELECT 'unknown_round', 'answers', s.rowid, 'round', s.round, NULL
FROM staged_answers AS s ANTI JOIN round ON round.round = s.round
UNION ALL
SELECT 'unknown_round', 'reviews', s.rowid, 'round', s.round, NULL
FROM staged_reviews AS s ANTI JOIN round ON round.round = s.round
UNION ALL
SELECT 'unknown_round', 'risk_ratings', s.rowid, 'round', s.round, NULL
FROM staged_risk_ratings AS s ANTI JOIN round ON round.round = s.round
UNION ALL
SELECT 'unknown_round', 'opportunity_ratings', s.rowid, 'round', s.round, NULL
FROM staged_opportunity_ratings AS s ANTI JOIN round ON round.round = s.round
UNION ALL
SELECT 'unknown_round', 'actions', s.rowid, 'round', s.round, NULL
FROM staged_actions AS s ANTI JOIN round ON round.round = s.round
WHERE s.round IS NOT NULL;

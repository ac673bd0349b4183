-- Which ratings or actions name an impact that is not listed, or has the wrong polarity?
INSERT INTO found
SELECT 'unknown_impact', 'risk_ratings', s.rowid, 'impact', s.impact, NULL
FROM staged_risk_ratings AS s ANTI JOIN impact ON impact.impact = s.impact AND impact.polarity = 'risk'
UNION ALL
SELECT 'unknown_impact', 'opportunity_ratings', s.rowid, 'impact', s.impact, NULL
FROM staged_opportunity_ratings AS s ANTI JOIN impact ON impact.impact = s.impact AND impact.polarity = 'opportunity'
UNION ALL
SELECT 'unknown_impact', 'actions', s.rowid, 'impact', s.impact, NULL
FROM staged_actions AS s ANTI JOIN impact ON impact.impact = s.impact
WHERE s.impact IS NOT NULL;

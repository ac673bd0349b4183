-- Which evidence, verdict, confidence, finding, or status, priority, effort or cost of an action is not on its list?
INSERT INTO found
SELECT 'off_scale', 'answers', rowid, 'evidence', evidence, 'none, self_declared, seen, independently_checked'
FROM staged_answers WHERE evidence NOT IN ('none', 'self_declared', 'seen', 'independently_checked')
UNION ALL
SELECT 'off_scale', 'reviews', rowid, 'verdict', verdict, 'checked, asked_back, on_hold'
FROM staged_reviews WHERE coalesce(verdict, '') NOT IN ('checked', 'asked_back', 'on_hold')
UNION ALL
SELECT 'off_scale', 'reviews', rowid, 'reviewed_evidence', reviewed_evidence, 'none, self_declared, seen, independently_checked'
FROM staged_reviews WHERE reviewed_evidence NOT IN ('none', 'self_declared', 'seen', 'independently_checked')
UNION ALL
SELECT 'off_scale', 'risk_ratings', rowid, 'confidence', confidence, 'low, medium, high'
FROM staged_risk_ratings WHERE confidence NOT IN ('low', 'medium', 'high')
UNION ALL
SELECT 'off_scale', 'opportunity_ratings', rowid, 'confidence', confidence, 'low, medium, high'
FROM staged_opportunity_ratings WHERE confidence NOT IN ('low', 'medium', 'high')
UNION ALL
SELECT 'off_scale', 'risk_ratings', rowid, 'found', found, 'yes, none' FROM staged_risk_ratings WHERE found NOT IN ('yes', 'none')
UNION ALL
SELECT 'off_scale', 'opportunity_ratings', rowid, 'found', found, 'yes, none'
FROM staged_opportunity_ratings WHERE found NOT IN ('yes', 'none')
UNION ALL
SELECT 'off_scale', 'actions', rowid, 'status', status, 'open, in_progress, done, blocked, dropped'
FROM staged_actions WHERE status NOT IN ('open', 'in_progress', 'done', 'blocked', 'dropped')
UNION ALL
SELECT 'off_scale', 'actions', rowid, 'priority', priority, 'high, medium, low'
FROM staged_actions WHERE priority NOT IN ('high', 'medium', 'low')
UNION ALL
SELECT 'off_scale', 'actions', rowid, 'effort', effort, 'low, medium, high'
FROM staged_actions WHERE effort NOT IN ('low', 'medium', 'high')
UNION ALL
SELECT 'off_scale', 'actions', rowid, 'cost', cost, 'low, medium, high'
FROM staged_actions WHERE cost NOT IN ('low', 'medium', 'high');

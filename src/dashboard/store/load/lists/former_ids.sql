-- Which rows of this load use the former name of a criterion or an area? They are read as rows of the current one.
CREATE TEMP TABLE former_id AS
SELECT 'answers' AS form, s.criterion, n.code, min(s.rowid) AS row_id
FROM staged_answers AS s JOIN former_names AS n ON n.former = s.criterion GROUP BY s.criterion, n.code
UNION ALL
SELECT 'reviews', s.criterion, n.code, min(s.rowid)
FROM staged_reviews AS s JOIN former_names AS n ON n.former = s.criterion GROUP BY s.criterion, n.code
UNION ALL
SELECT 'actions', s.criterion, n.code, min(s.rowid)
FROM staged_actions AS s JOIN former_names AS n ON n.former = s.criterion GROUP BY s.criterion, n.code
UNION ALL
SELECT 'evidence', s.criterion, n.code, min(s.rowid)
FROM staged_evidence AS s JOIN former_names AS n ON n.former = s.criterion GROUP BY s.criterion, n.code
UNION ALL
SELECT 'comments', s.criterion, n.code, min(s.rowid)
FROM staged_comments AS s JOIN former_names AS n ON n.former = s.criterion GROUP BY s.criterion, n.code
UNION ALL
SELECT 'targets', s.area, n.code, min(s.rowid)
FROM staged_targets AS s JOIN former_names AS n ON n.former = s.area GROUP BY s.area, n.code;
UPDATE staged_answers SET criterion = f.code FROM former_id AS f
WHERE f.form = 'answers' AND f.criterion = staged_answers.criterion;
UPDATE staged_actions SET criterion = f.code FROM former_id AS f
WHERE f.form = 'actions' AND f.criterion = staged_actions.criterion;
UPDATE staged_reviews SET criterion = f.code FROM former_id AS f
WHERE f.form = 'reviews' AND f.criterion = staged_reviews.criterion;
UPDATE staged_evidence SET criterion = f.code FROM former_id AS f
WHERE f.form = 'evidence' AND f.criterion = staged_evidence.criterion;
UPDATE staged_comments SET criterion = f.code FROM former_id AS f
WHERE f.form = 'comments' AND f.criterion = staged_comments.criterion;
UPDATE staged_targets SET area = f.code FROM former_id AS f
WHERE f.form = 'targets' AND f.criterion = staged_targets.area;

-- Which staged rows hold nothing at all, such as those below the last row of a sheet? They stay out silently.
INSERT INTO found (kind, form, row_id)
WITH row_said AS (
    SELECT 'countries' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_countries
    UNION ALL
    SELECT 'operations' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_operations
    UNION ALL
    SELECT 'rounds' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_rounds
    UNION ALL
    SELECT 'answers' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_answers
    UNION ALL
    SELECT 'reviews' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_reviews
    UNION ALL
    SELECT 'risk_ratings' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_opportunity_ratings
    UNION ALL
    SELECT 'actions' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_actions
    UNION ALL
    SELECT 'targets' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_targets
    UNION ALL
    SELECT 'participation' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_participation
    UNION ALL
    SELECT 'evidence' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_evidence
    UNION ALL
    SELECT 'comments' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_comments
    UNION ALL
    SELECT 'indicators' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_indicators
    UNION ALL
    SELECT 'people' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_people
    UNION ALL
    SELECT 'context' AS form, rowid AS row_id, coalesce(*COLUMNS(*)) AS said FROM staged_context
)
SELECT 'blank', form, row_id FROM row_said WHERE said IS NULL;
-- What was found rejects its row; what was only noticed does not, and is not reported if the row stays out.
CREATE TEMP VIEW told AS
SELECT *, 'row' AS weight FROM found AS f
WHERE NOT EXISTS (FROM found AS b WHERE b.kind = 'blank' AND b.form = f.form AND b.row_id = f.row_id)
UNION ALL
SELECT *, 'note' FROM noticed AS n WHERE NOT EXISTS (FROM found AS f WHERE f.form = n.form AND f.row_id = n.row_id);

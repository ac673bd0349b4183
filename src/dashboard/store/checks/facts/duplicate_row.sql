-- Which ratings, reviews, actions or context figures repeat an earlier row of the same load?
INSERT INTO found
WITH named AS (
    SELECT 'risk_ratings' AS form, rowid AS row_id, 'impact' AS col, impact AS code, concat_ws('|', round, operation, impact) AS key
    FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings', rowid, 'impact', impact, concat_ws('|', round, operation, impact) FROM staged_opportunity_ratings
    UNION ALL
    SELECT 'reviews', rowid, 'criterion', criterion, concat_ws('|', round, operation, criterion) FROM staged_reviews
    UNION ALL
    SELECT 'actions', rowid, 'action', action, action FROM staged_actions
    UNION ALL
    SELECT 'context', rowid, 'indicator', indicator, concat_ws('|', country, indicator, year) FROM staged_context
)
SELECT 'duplicate_row', form, row_id, col, code, NULL FROM named
QUALIFY row_number() OVER (PARTITION BY form, key ORDER BY row_id) > 1;

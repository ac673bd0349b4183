-- Which ratings are not a whole number from 1 to 4?
INSERT INTO found
WITH given AS (
    UNPIVOT (SELECT 'risk_ratings' AS form, rowid AS row_id, coalesce(scale, '') AS scale, coalesce(scope, '') AS scope,
        coalesce(irremediability, '') AS irremediability, coalesce(likelihood, '') AS likelihood FROM staged_risk_ratings)
    ON scale, scope, irremediability, likelihood INTO NAME col VALUE given
    UNION ALL
    UNPIVOT (SELECT 'opportunity_ratings' AS form, rowid AS row_id, coalesce(reach, '') AS reach, coalesce(need, '') AS need,
        coalesce(feasibility, '') AS feasibility FROM staged_opportunity_ratings)
    ON reach, need, feasibility INTO NAME col VALUE given
)
SELECT 'off_scale', form, row_id, col, given, '1, 2, 3, 4' FROM given WHERE given NOT IN ('1', '2', '3', '4');

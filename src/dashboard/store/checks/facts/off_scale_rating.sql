-- Which ratings are not a whole number from 1 to 4? None are needed if nothing was found; residual ones come in pairs.
INSERT INTO found
WITH given AS (
    UNPIVOT (
        SELECT 'risk_ratings' AS form, rowid AS row_id, coalesce(scale, '') AS scale, coalesce(scope, '') AS scope,
            coalesce(irremediability, '') AS irremediability, coalesce(likelihood, '') AS likelihood
        FROM staged_risk_ratings WHERE found IS DISTINCT FROM 'none'
    ) ON scale, scope, irremediability, likelihood INTO NAME col VALUE given
    UNION ALL
    UNPIVOT (
        SELECT 'risk_ratings' AS form, rowid AS row_id, coalesce(residual_severity, '') AS residual_severity,
            coalesce(residual_likelihood, '') AS residual_likelihood
        FROM staged_risk_ratings
        WHERE found IS DISTINCT FROM 'none' AND coalesce(residual_severity, residual_likelihood) IS NOT NULL
    ) ON residual_severity, residual_likelihood INTO NAME col VALUE given
    UNION ALL
    UNPIVOT (
        SELECT 'opportunity_ratings' AS form, rowid AS row_id, coalesce(reach, '') AS reach, coalesce(need, '') AS need,
            coalesce(feasibility, '') AS feasibility
        FROM staged_opportunity_ratings WHERE found IS DISTINCT FROM 'none'
    ) ON reach, need, feasibility INTO NAME col VALUE given
)
SELECT 'off_scale', form, row_id, col, given, '1, 2, 3, 4' FROM given WHERE given NOT IN ('1', '2', '3', '4');

-- Which rows say that nothing was found, but give a grade all the same?
INSERT INTO found
WITH given AS (
    UNPIVOT (
        SELECT 'risk_ratings' AS form, rowid AS row_id, scale, scope, irremediability, likelihood, residual_severity, residual_likelihood
        FROM staged_risk_ratings WHERE found = 'none'
    ) ON scale, scope, irremediability, likelihood, residual_severity, residual_likelihood INTO NAME col VALUE given
    UNION ALL
    UNPIVOT (
        SELECT 'opportunity_ratings' AS form, rowid AS row_id, reach, need, feasibility
        FROM staged_opportunity_ratings WHERE found = 'none'
    ) ON reach, need, feasibility INTO NAME col VALUE given
)
SELECT 'none_found_rated', form, row_id, col, given, NULL FROM given;

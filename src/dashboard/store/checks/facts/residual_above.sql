-- Which residual grades are above the inherent ones? They are accepted as stated, but measures should not do harm.
INSERT INTO noticed
WITH graded AS (
    SELECT rowid AS row_id, residual_severity, residual_likelihood, likelihood, severity_of(scale, scope, irremediability) AS severity
    FROM staged_risk_ratings
)
SELECT 'residual_above', 'risk_ratings', row_id, 'residual_severity', residual_severity, '1 to ' || severity
FROM graded WHERE residual_severity > severity
UNION ALL
SELECT 'residual_above', 'risk_ratings', row_id, 'residual_likelihood', residual_likelihood, '1 to ' || likelihood
FROM graded WHERE residual_likelihood > likelihood;

-- Which residual grades lie above the inherent ones? They enter, for they are what was said; but what is done should not harm.
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

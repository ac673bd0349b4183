-- Which ratings and which residual grades do not state their basis?
INSERT INTO found
SELECT 'basis_missing', 'risk_ratings', rowid, 'basis', impact, NULL FROM staged_risk_ratings WHERE basis IS NULL
UNION ALL
SELECT 'basis_missing', 'opportunity_ratings', rowid, 'basis', impact, NULL FROM staged_opportunity_ratings
WHERE basis IS NULL
UNION ALL
SELECT 'basis_missing', 'risk_ratings', rowid, 'residual_basis', impact, NULL
FROM staged_risk_ratings WHERE coalesce(residual_severity, residual_likelihood) IS NOT NULL AND residual_basis IS NULL;

-- Which ratings concern a setting that the operation does not have? The head office may rate any.
INSERT INTO found
WITH rated AS (
    SELECT 'risk_ratings' AS form, rowid AS row_id, operation, impact FROM staged_risk_ratings
    UNION ALL
    SELECT 'opportunity_ratings', rowid, operation, impact FROM staged_opportunity_ratings
)
SELECT 'setting_absent', form, row_id, 'impact', impact, 'services ' || list_aggregate(s.services, 'string_agg', ' / ')
FROM rated JOIN impact USING (impact) JOIN setting AS s USING (setting) JOIN operation AS o USING (operation)
WHERE o.kind <> 'group' AND len(s.services) > 0 AND NOT list_has_any(s.services, o.services);

-- How severe and how likely is each rated risk of one operation, without measures or with those in place? One row per
-- risk, the most severe first. `picture` is `inherent` or `left`; a risk without a residual rating keeps its position
-- in the second picture.
WITH rated AS (
    SELECT e.*, w.text, s.title AS setting_title, i.impact_position,
        CASE WHEN $picture = 'left' THEN coalesce(residual_severity, severity) ELSE severity END AS at_severity,
        CASE WHEN $picture = 'left' THEN coalesce(residual_likelihood, likelihood) ELSE likelihood END AS at_likelihood,
        coalesce(residual_severity, residual_likelihood) IS NOT NULL AS rated_again,
        coalesce(residual_severity < severity, false) OR coalesce(residual_likelihood < likelihood, false) AS lowered
    FROM chosen_risks($round, $countries, $impacts) AS e
    JOIN impact_card AS i USING (impact)
    JOIN wording AS w ON w.id = e.impact AND w.language = $lang
    JOIN wording AS s ON s.id = e.setting AND s.language = $lang
    WHERE e.operation = $operation
)
SELECT impact, text, setting, setting_title, risk_area, severity, likelihood, irremediability, residual_severity,
    residual_likelihood, at_severity,
    at_likelihood, rated_again, lowered, confidence, basis, rated_by_role
FROM rated
ORDER BY at_severity DESC, at_likelihood DESC, irremediability DESC, impact_position;

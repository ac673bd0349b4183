-- On which rated risk of the choice does each criterion bear, and where was it rated so? The gravest one: a row a criterion.
WITH graded AS (
    SELECT impact, max(severity) AS severity, max(second_key) AS second_key, list(DISTINCT country_title ORDER BY country_title) AS countries
    FROM (FROM chosen_risks($round, $countries, $impacts) QUALIFY severity = max(severity) OVER (PARTITION BY impact))
    GROUP BY impact
)
SELECT k.criterion, g.impact, g.severity, g.countries
FROM cell AS c
JOIN graded AS g ON g.impact = c.row_code
JOIN impact_card AS i USING (impact)
JOIN criterion AS k USING (criterion_no)
WHERE c.grid = 'impact'
QUALIFY row_number() OVER (PARTITION BY c.criterion_no ORDER BY severity DESC, second_key DESC, i.impact_position) = 1
ORDER BY c.criterion_no;

-- Which criteria apply in a setting, or address its risks and opportunities, and how many? Limited to those that the
-- filters keep.
WITH addressing AS (
    SELECT c.criterion_no, count(*) FILTER (WHERE i.polarity = 'risk') AS n_risks,
        count(*) FILTER (WHERE i.polarity = 'opportunity') AS n_openings
    FROM cell AS c JOIN impact_card AS i ON i.impact = c.row_code
    WHERE c.grid = 'impact' AND i.setting = $of_setting AND list_contains($impacts, i.impact)
    GROUP BY c.criterion_no
),
applying AS (
    SELECT DISTINCT criterion_no FROM criterion_link WHERE target_type = 'setting' AND target = $of_setting
)
SELECT k.criterion, p.criterion_no IS NOT NULL AS applies, coalesce(d.n_risks, 0) AS n_risks,
    coalesce(d.n_openings, 0) AS n_openings
FROM criterion_card AS k
LEFT JOIN addressing AS d USING (criterion_no)
LEFT JOIN applying AS p USING (criterion_no)
WHERE k.framework = $framework AND list_contains($criteria, k.criterion)
    AND (d.criterion_no IS NOT NULL OR p.criterion_no IS NOT NULL)
ORDER BY k.criterion_no;

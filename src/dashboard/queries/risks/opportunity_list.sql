-- Which rated opportunities answer the greatest need? One row an impact: need, then reach, then feasibility, taken together
-- from one rating; never a product. With the risks it lessens, and how far the support criteria that make it real are in place.
WITH rated AS (
    SELECT impact, max(struct_pack(need := need, reach := reach, feasibility := feasibility)) AS best, count(*) AS n_rated,
        list(operation_title ORDER BY need DESC, reach DESC, feasibility DESC, operation_title) AS operations
    FROM chosen_openings($round, $countries, $impacts)
    GROUP BY impact
),
lessened AS (
    SELECT i.impact, list(w.text ORDER BY w.id) AS touches
    FROM (SELECT impact, unnest(touches) AS touched FROM impact_card) AS i JOIN wording AS w ON w.id = i.touched AND w.language = $lang
    GROUP BY i.impact
)
SELECT i.impact, w.text, i.risk_area, a.title AS risk_area_title, i.setting, s.title AS setting_title, r.best.need AS need,
    r.best.reach AS reach, r.best.feasibility AS feasibility, r.n_rated, r.operations, t.touches, coalesce(c.reading, 'not_covered') AS reading,
    c.percent, c.low, c.high, c.shade, c.band_title, c.n_answered, c.n_applicable, c.n_units, c.n_full, c.n_part, c.n_nil
FROM rated AS r
JOIN impact_card AS i USING (impact)
JOIN wording AS w ON w.id = i.impact AND w.language = $lang
JOIN wording AS a ON a.id = i.risk_area AND a.language = $lang
JOIN wording AS s ON s.id = i.setting AND s.language = $lang
LEFT JOIN lessened AS t USING (impact)
LEFT JOIN (
    SELECT * FROM grid_figures('impact', $framework, $round, $countries, NULL, 'support') WHERE framework = $framework
) AS c ON c.row_code = r.impact
ORDER BY need DESC, reach DESC, feasibility DESC, i.impact_position;

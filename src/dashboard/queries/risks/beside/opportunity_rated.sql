-- Which opportunities of the choice are rated, each with its best rating of any operation? The most needed first: need, then
-- reach, then feasibility, taken together from one rating; never a product.
WITH rated AS (
    SELECT impact, max({need: need, reach: reach, feasibility: feasibility}) AS best, count(*) AS n_rated,
        list(operation_title ORDER BY need DESC, reach DESC, feasibility DESC, operation_title) AS operations
    FROM opening
    WHERE round = $round AND list_contains($countries, country) AND list_contains($impacts, impact)
    GROUP BY impact
)
SELECT r.impact, i.risk_area, i.setting, i.rights, i.touches, r.best.need AS need, r.best.reach AS reach,
    r.best.feasibility AS feasibility, r.n_rated, r.operations
FROM rated AS r JOIN impact_card AS i USING (impact)
ORDER BY need DESC, reach DESC, feasibility DESC, i.impact_position;

-- What did the operation say, and what would a second role have said? One row per set of areas and pair of statuses;
-- not known is excluded.
SELECT k.areas, s.status AS said, t.status AS rated, count(*) AS n_pairs
FROM review AS v
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s ON s.status_no = v.said.status_no
JOIN scale AS t ON t.scale_no = s.scale_no AND t.status = v.rated_status
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE v.round_no = (SELECT round_no FROM round WHERE round = $round)
    AND s.counts_as IN ('answered', 'not_applicable') AND t.counts_as IN ('answered', 'not_applicable')
    AND list_contains($countries, c.country) AND $operation IN ('', o.operation)
GROUP BY k.areas, s.status, t.status
ORDER BY k.areas, s.status, t.status;

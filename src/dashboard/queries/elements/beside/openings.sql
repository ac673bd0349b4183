-- How was each opportunity rated in each country of the round? One row per impact and country: the grades of its
-- highest single rating (by need, then reach, then feasibility; never a product), and the operations in the same order,
-- at most twelve unless the whole is wanted. Unlike risks, opportunities have no residual rating.
SELECT impact, country, count(*) AS n_rated, count(*) FILTER (WHERE need = top) AS n_top,
    max({need: need, reach: reach, feasibility: feasibility}) AS grades,
    list({operation_title: operation_title, need: need, reach: reach, feasibility: feasibility}
        ORDER BY need DESC, reach DESC, feasibility DESC,
            in_order(operation_title))[1:CASE WHEN $whole THEN -1 ELSE 12 END] AS operations,
    0 AS n_residual, CAST(NULL AS STRUCT(severity SMALLINT, likelihood SMALLINT)) AS residual
FROM (SELECT *, max(need) OVER (PARTITION BY impact, country) AS top FROM opening WHERE round = $round)
GROUP BY impact, country
ORDER BY impact, country;

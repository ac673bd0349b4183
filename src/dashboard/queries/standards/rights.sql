-- How far is each right served in each standard? One row a right and framework; the rights the partnership names come first.
-- Frameworks stand side by side and are never summed. A criterion that serves several rights counts in each.
WITH wanted AS (
    -- An article that is chosen narrows the right it belongs to.
    SELECT * FROM theme
    WHERE len($right) = 0 OR list_contains($right, theme) OR theme IN (
        SELECT unnest(themes) FROM crc_right WHERE list_contains($right, "right")
    )
),
serving AS (
    SELECT row_code, column_code, count(*) AS n_criteria, count(*) FILTER (WHERE k.kind = $kind) AS n_of_kind,
        count(*) FILTER (WHERE k.critical AND k.kind = $kind) AS n_critical
    FROM cell JOIN criterion_card AS k USING (criterion_no)
    WHERE grid = 'right' AND list_contains($criteria, k.criterion)
    GROUP BY row_code, column_code
)
SELECT t.theme AS row_code, w.title AS row_title, t.position AS row_position, t.named, f.framework AS column_code,
    f.short_title AS column_title, f.short_title AS column_mark, f.framework_no AS column_position, r.round, o.title AS round_title,
    coalesce(s.n_criteria, 0) AS n_criteria, coalesce(s.n_of_kind, 0) AS n_of_kind, coalesce(s.n_critical, 0) AS n_critical,
    CASE WHEN s.n_criteria IS NULL THEN 'no_link' ELSE coalesce(g.reading, 'not_covered') END AS reading,
    g.percent, g.lowest, g.highest, g.low, g.high, g.n_units, g.n_shown, g.n_applicable, g.n_answered, g.n_not_applicable,
    g.n_full, g.n_part, g.n_nil, g.n_critical_failed, g.n_seen, g.coverage, g.shade, g.band_title, 'primary' AS strength, 'project' AS basis,
    -- The codes of the filter that ask for the same criteria: what explains the figure.
    CASE WHEN len($right) = 0 OR list_contains($right, t.theme) THEN [t.theme]
        ELSE list_intersect($right, (SELECT list("right") FROM crc_right WHERE list_contains(themes, t.theme))) END AS asks
FROM wanted AS t
JOIN wording AS w ON w.id = t.theme AND w.language = $lang
CROSS JOIN framework AS f
JOIN read_in($round) AS r USING (framework)
JOIN round AS o USING (round)
LEFT JOIN serving AS s ON s.row_code = t.theme AND s.column_code = f.framework
LEFT JOIN grid_figures('right', $framework, $round, $countries, $criteria, $kind) AS g
    ON g.row_code = t.theme AND g.column_code = f.framework
ORDER BY row_position, column_position;

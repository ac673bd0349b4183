-- What threatens and what serves each right? One row a right: its rated risks and opportunities, and how far the respect
-- criteria that serve it are in place. A risk that touches several rights counts in each.
WITH wanted AS (
    SELECT * FROM theme
    WHERE len($right) = 0 OR list_contains($right, theme) OR theme IN (
        SELECT unnest(themes) FROM crc_right WHERE list_contains($right, "right")
    )
),
risks AS (
    SELECT t.theme, count(*) AS n_risks, max(g.severity) AS severity, count(*) FILTER (WHERE g.severity = 4) AS n_grave,
        arg_min(w.text, g.gravity_order) AS gravest, count(*) FILTER (WHERE g.severity >= 3 AND g.lies_open) AS n_gaps
    FROM risks_covered($framework, $round, $countries, $impacts) AS g
    JOIN impact_card AS i USING (impact) JOIN wording AS w ON w.id = i.impact AND w.language = $lang
    JOIN wanted AS t ON list_contains(i.rights, t.theme)
    GROUP BY t.theme
),
openings AS (
    SELECT t.theme, count(DISTINCT impact) AS n_openings, max(need) AS need,
        arg_max(w.text, struct_pack(need := o.need, reach := o.reach, feasibility := o.feasibility, impact := o.impact)) AS most_needed
    FROM chosen_openings($round, $countries, $impacts) AS o JOIN wording AS w ON w.id = o.impact AND w.language = $lang
    JOIN wanted AS t ON list_contains(o.rights, t.theme)
    GROUP BY t.theme
)
SELECT t.theme, w.title, t.named, t.position, coalesce(n_risks, 0) AS n_risks, severity, coalesce(n_grave, 0) AS n_grave, gravest,
    coalesce(n_gaps, 0) AS n_gaps, coalesce(n_openings, 0) AS n_openings, need, most_needed, coalesce(c.reading, 'not_covered') AS reading,
    c.percent, c.low, c.high, c.band_title, c.n_answered, c.n_applicable, c.n_units, c.n_full, c.n_part, c.n_nil
FROM wanted AS t
JOIN wording AS w ON w.id = t.theme AND w.language = $lang
LEFT JOIN risks USING (theme)
LEFT JOIN openings USING (theme)
LEFT JOIN (
    SELECT * FROM grid_figures('right', $framework, $round, $countries, $criteria, 'respect') WHERE framework = $framework
) AS c ON c.row_code = t.theme
ORDER BY t.position;

-- Which guidance is there within the filters? By step, then by id.
WITH kept_items AS (
    FROM guidance_card WHERE list_contains($library, guidance)
),
named AS (
    SELECT guidance, list(w.title ORDER BY place) FILTER (WHERE what = 'function') AS functions,
        list(w.title ORDER BY place) FILTER (WHERE what = 'setting') AS settings
    FROM (
        SELECT guidance, 'function' AS what, unnest(functions) AS id, generate_subscripts(functions, 1) AS place
        FROM kept_items
        UNION ALL
        SELECT guidance, 'setting', unnest(settings), generate_subscripts(settings, 1) FROM kept_items
    ) JOIN wording AS w USING (id)
    WHERE w.language = $lang GROUP BY guidance
)
SELECT g.guidance, w.title, g.step, n.functions, n.settings
FROM kept_items AS g JOIN named AS n USING (guidance) JOIN wording AS w ON w.id = g.guidance AND w.language = $lang
ORDER BY g.position;

-- What does one piece of guidance say, for whom and where, and what is it based on?
SELECT g.guidance, w.title, w.text AS situation, g.step, g.effort, g.this_month, g.this_year, g.sign_that_it_works,
    g.watch_out, g.sources,
    g.verification,
    (SELECT list(t.title ORDER BY list_position(g.functions, t.id)) FROM wording AS t
    WHERE t.language = $lang AND list_contains(g.functions, t.id)) AS functions,
    (SELECT list(t.title ORDER BY list_position(g.settings, t.id)) FROM wording AS t
    WHERE t.language = $lang AND list_contains(g.settings, t.id)) AS settings
FROM guidance_card AS g JOIN wording AS w ON w.id = g.guidance AND w.language = $lang
WHERE g.guidance = $guidance;

-- What can be searched for, and in which words? One row per thing: its names, and what else is said of it, in the
-- reader's language and in English. `of` names what it belongs to: the framework of a criterion, the country of an
-- operation, the setting and risk area of a risk.
WITH said AS (
    -- Criteria and risks have no title but their id, so their text is their name.
    SELECT id, list(called ORDER BY language) AS titles, list(text ORDER BY language) AS texts,
        max(called) FILTER (WHERE language = $lang) AS title,
        list_distinct(list(evidence_hint ORDER BY language)) AS hints
    FROM (
        SELECT *, CASE WHEN title IN ('', id) THEN text ELSE title END AS called FROM wording
        WHERE language IN ($lang, 'en')
    ) GROUP BY id
),
served AS (
    SELECT criterion_no, flatten(list(s.titles ORDER BY target_type, target)) AS titles
    FROM criterion_link JOIN said AS s ON s.id = target GROUP BY criterion_no
),
-- Cases and guidance are also found by the settings, areas and countries they are about; a setting weighs like a name.
about AS (
    SELECT a.id, flatten(list(s.titles ORDER BY a.target)
            FILTER (WHERE a.target IN (SELECT setting FROM setting))) AS settings,
        flatten(list(s.titles ORDER BY a.target)) AS titles
    FROM (
        SELECT DISTINCT case_study AS id, unnest(
            settings || risk_areas || areas || list_transform(countries, lambda country: 'country/' || country)
        ) AS target
        FROM case_card
        UNION ALL SELECT DISTINCT guidance, unnest(settings || risk_areas || areas) FROM guidance_card
    ) AS a
    JOIN said AS s ON s.id = a.target GROUP BY a.id
),
operates AS (SELECT * FROM operation WHERE kind <> 'rest' AND operation IN (SELECT operation FROM participation))
SELECT what, id, title, "of", called, texts AS said FROM (
    SELECT 'country' AS what, country AS id, title, CAST([] AS VARCHAR[]) AS "of", [title] || s.titles AS called,
        [region] AS texts, 1 AS what_position, country_no AS position
    FROM country JOIN (SELECT id, titles FROM said) AS s ON s.id = 'country/' || country
    WHERE country_no IN (SELECT country_no FROM operates WHERE kind = 'operation')
    UNION ALL
    SELECT 'operation', o.operation, o.title, [c.country], [o.title], [c.title], 2, o.operation_no
    FROM operates AS o JOIN country AS c USING (country_no)
    UNION ALL
    SELECT 'case', k.case_study, s.title, [], s.titles || coalesce(b.settings, []),
        k.who || s.texts || [k."where", k.what_was_done, k.what_resulted, k.what_to_copy, k.what_to_avoid]
            || coalesce(b.titles, []), 3, k.position
    FROM case_study AS k JOIN said AS s ON s.id = k.case_study LEFT JOIN about AS b ON b.id = k.case_study
    UNION ALL
    SELECT 'guidance', g.guidance, s.title, [], s.titles || coalesce(b.settings, []),
        s.texts || g.this_month || g.this_year || g.sign_that_it_works || g.watch_out
            || list_transform(g.sources, lambda named: named.source) || coalesce(b.titles, []), 4, g.position
    FROM guidance AS g JOIN said AS s ON s.id = g.guidance LEFT JOIN about AS b ON b.id = g.guidance
    UNION ALL
    SELECT 'criterion', k.criterion, s.title, [k.framework], s.titles,
        s.hints || a.titles || coalesce(v.titles, []), 5, k.criterion_no
    FROM criterion_card AS k JOIN said AS s ON s.id = k.criterion JOIN said AS a ON a.id = k.area
    LEFT JOIN served AS v USING (criterion_no)
    UNION ALL
    SELECT 'risk', i.impact, s.title, [i.setting, i.risk_area], s.titles, t.titles || r.titles, 6, i.impact_position
    FROM impact_card AS i JOIN said AS s ON s.id = i.impact JOIN said AS t ON t.id = i.setting
    JOIN said AS r ON r.id = i.risk_area
    UNION ALL
    SELECT 'setting', s.setting, t.title, [], t.titles, t.texts || [s.exposed, s.first_question], 7, s.position
    FROM setting AS s JOIN said AS t ON t.id = s.setting
    UNION ALL
    SELECT 'function', f."function", t.title, [], t.titles, [], 8, f.position
    FROM business_function AS f JOIN said AS t ON t.id = f."function"
    UNION ALL
    SELECT 'action', a.action, a.text, [], [a.text], [a.owner_role, o.title], 9, row_number() OVER (ORDER BY a.action)
    FROM todo AS a JOIN operation AS o USING (operation_no)
    UNION ALL
    SELECT 'law', l.law, c.title || ': ' || l.asks, [c.country],
        list_concat([l.asks], (SELECT list(id[5:] ORDER BY id) FROM said WHERE id LIKE 'law/%' AND title = l.asks)),
        [c.title, l.on_whom, l.instrument, l.note], 10, row_number() OVER (ORDER BY l.law)
    FROM law AS l JOIN country AS c USING (country_no) WHERE l.asks IS NOT NULL
)
ORDER BY what_position, position;

-- What does one case say: who, where, when, what was done, what resulted, its lesson and its facts?
SELECT c.case_study, w.title, c.who, c."where", c.began, c.ended, c.case_kind, c.confidence, c.shows, c.facts,
    c.what_was_done,
    c.what_resulted, w.text AS lesson, c.what_to_copy, c.what_to_avoid,
    (SELECT list(t.title ORDER BY s.position)
    FROM setting AS s JOIN wording AS t ON t.id = s.setting AND t.language = $lang
        WHERE list_contains(c.settings, s.setting)) AS settings,
    (SELECT list(r.title ORDER BY r.id) FROM wording AS r
    WHERE r.language = $lang AND list_contains(c.risk_areas, r.id)) AS risk_areas
FROM case_study AS c JOIN wording AS w ON w.id = c.case_study AND w.language = $lang
WHERE c.case_study = $case_study;

-- What is one right, and which articles make it up?
SELECT t.theme, w.title, w.text, t.named,
    (SELECT list(r."right" || ' ' || v.title ORDER BY r."right") FROM crc_right AS r
        JOIN wording AS v ON v.id = r."right" AND v.language = $lang WHERE list_contains(r.themes, t.theme)) AS articles
FROM theme AS t JOIN wording AS w ON w.id = t.theme AND w.language = $lang
WHERE t.theme = $focus;

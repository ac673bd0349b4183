-- Which rights are there, by their common name, and which articles make up each?
SELECT t.theme, t.named, t.position,
    coalesce((SELECT list(r."right" ORDER BY r."right") FROM crc_right AS r WHERE list_contains(r.themes, t.theme)), []) AS articles
FROM theme AS t ORDER BY t.position;

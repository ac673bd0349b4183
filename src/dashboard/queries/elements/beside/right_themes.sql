-- Which rights are there, those the partnership names first, and which articles make up each?
SELECT t.theme, t.position, t.named, list(r."right" ORDER BY r."right") FILTER (WHERE r."right" IS NOT NULL) AS articles
FROM theme AS t LEFT JOIN (SELECT "right", unnest(themes) AS theme FROM crc_right) AS r USING (theme)
GROUP BY t.theme, t.position, t.named
ORDER BY t.position;

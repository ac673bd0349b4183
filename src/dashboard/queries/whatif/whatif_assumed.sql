-- What does each assumption of a scenario say, in words? One row per assumption, in order; a title is null if the code
-- names nothing (everywhere, planned actions, a day).
WITH assumed AS (
    SELECT unnest(range(len($wheres))) AS position, unnest($wheres) AS place, unnest($whats) AS what,
        unnest($becomes) AS becomes
)
SELECT m.position, m.place, m.what, m.becomes, coalesce(o.title, c.title) AS place_title,
    o.operation IS NOT NULL AS is_operation,
    a.code AS area_code, w.title AS area_title, k.criterion, x.text AS criterion_text, s.title AS status_title
FROM assumed AS m
LEFT JOIN named_operation AS o ON o.operation = m.place
LEFT JOIN country AS c ON c.country = m.place
LEFT JOIN area AS a ON a.area = m.what
LEFT JOIN criterion AS k ON k.criterion = m.what
LEFT JOIN wording AS w ON w.id = a.area AND w.language = $lang
LEFT JOIN wording AS x ON x.id = k.criterion AND x.language = $lang
-- What an area becomes is a word of the standard's own scale.
LEFT JOIN scale AS s ON s.status = m.becomes AND CASE WHEN k.scale_no IS NOT NULL THEN s.scale_no = k.scale_no
    ELSE s.framework_no = a.framework_no AND s.of_scale = '' AND NOT s.reversed END
ORDER BY m.position;

-- What may a target of one operation name? The standards it answers, their areas, and every round.
WITH answered AS (SELECT DISTINCT framework FROM participation WHERE operation = $operation)
SELECT choice, code, title FROM (
    SELECT 'target_framework' AS choice, f.framework AS code, f.short_title AS title, f.framework_no AS first_key,
        0 AS second_key
    FROM framework AS f SEMI JOIN answered USING (framework)
    UNION ALL
    SELECT 'target_area', a.area, f.short_title || ' ' || a.code || ' ' || w.title, f.framework_no, a.area_no
    FROM area AS a JOIN framework AS f USING (framework_no) SEMI JOIN answered ON answered.framework = f.framework
    JOIN wording AS w ON w.id = a.area AND w.language = $lang
    UNION ALL
    SELECT 'target_round', round, title, position, 0 FROM round
) ORDER BY choice, first_key, second_key;

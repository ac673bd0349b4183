-- What can be assumed: where, in which area, and which status? One row per code: countries, each before its operations
-- if it has several, then areas and the statuses of each scale, the best first. `own` says of a status that it is on
-- the standard's own scale.
SELECT choice, code, title, area_code, scale_no, own FROM (
    SELECT 'where' AS choice, country AS code, any_value(c.title) AS title, NULL AS area_code, NULL AS scale_no,
        false AS own, country = 'GROUP' AS last,
        any_value(c.title) AS first_key, 0 AS second_key
    FROM participation AS p JOIN country AS c USING (country) WHERE framework = $framework AND round = $round
    GROUP BY country
    UNION ALL
    SELECT 'where', p.operation, any_value(o.title), NULL, NULL, false, any_value(p.country) = 'GROUP',
        any_value(c.title), 1
    FROM participation AS p JOIN named_operation AS o USING (operation_no) JOIN country AS c ON c.country = p.country
    WHERE framework = $framework AND round = $round AND o.kind <> 'rest' AND o.title <> c.title GROUP BY p.operation
    UNION ALL
    SELECT DISTINCT 'area', k.area, w.title, k.area_code, NULL, false, false, '', k.area_no
    FROM area_card AS k JOIN wording AS w ON w.id = k.area AND w.language = $lang WHERE framework = $framework
    UNION ALL
    SELECT 'status', s.status, s.title, NULL, s.scale_no, s.of_scale = '' AND NOT s.reversed, s.counts_as <> 'answered',
        '', s.status_no
    FROM scale AS s JOIN framework AS f USING (framework_no)
    WHERE framework = $framework AND s.counts_as <> 'unanswered'
) ORDER BY choice, scale_no NULLS FIRST, last, in_order(first_key), second_key, in_order(title), code;

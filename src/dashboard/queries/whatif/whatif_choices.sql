-- What can be assumed: where, in which area, and which status? One row per code: countries, each before its operations, then areas
-- and statuses, the best first.
SELECT choice, code, title, area_code FROM (
    SELECT 'where' AS choice, country AS code, any_value(c.title) AS title, NULL AS area_code, country = 'GROUP' AS last,
        any_value(c.title) AS first_key, 0 AS second_key
    FROM participation AS p JOIN country AS c USING (country) WHERE framework = $framework AND round = $round GROUP BY country
    UNION ALL
    SELECT 'where', p.operation, any_value(o.title), NULL, any_value(p.country) = 'GROUP', any_value(c.title), 1
    FROM participation AS p JOIN operation AS o USING (operation_no) JOIN country AS c ON c.country = p.country
    WHERE framework = $framework AND round = $round GROUP BY p.operation
    UNION ALL
    SELECT DISTINCT 'area', k.area, w.title, k.area_code, false, '', k.area_no
    FROM area_card AS k JOIN wording AS w ON w.id = k.area AND w.language = $lang WHERE framework = $framework
    UNION ALL
    SELECT 'status', s.status, s.title, NULL, s.counts_as <> 'answered', '', s.status_no
    FROM scale AS s JOIN framework AS f USING (framework_no) WHERE framework = $framework AND s.counts_as <> 'unanswered'
) ORDER BY choice, last, in_order(first_key), second_key, in_order(title), code;

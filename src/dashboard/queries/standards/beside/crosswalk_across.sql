-- What can the areas of a framework be crossed with? The areas of another framework (`against` is its id), the rights,
-- the risk areas or the functions (`rights`, `risk_area`, `function`), in order.
SELECT area AS code, a.code AS mark, area_no AS position FROM area AS a JOIN framework USING (framework_no)
WHERE framework = $against
UNION ALL
SELECT theme, NULL, position FROM theme WHERE $against = 'rights'
UNION ALL
SELECT risk_area, NULL, 0 FROM risk_area WHERE $against = 'risk_area'
UNION ALL
SELECT function, NULL, position FROM business_function WHERE $against = 'function'
ORDER BY position, code;

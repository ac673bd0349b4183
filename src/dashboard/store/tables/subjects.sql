-- What a criterion's figures can be grouped by. A criterion that serves several risk areas or rights counts in each.
CREATE OR REPLACE TABLE criterion_facet AS
SELECT criterion_no, 'all' AS facet, '' AS code, 0 AS code_position FROM criterion
UNION ALL
SELECT criterion_no, 'principle', area, area_no FROM area_card
UNION ALL
SELECT criterion_no, 'risk_area', target, 0 FROM criterion_link WHERE target_type = 'risk_area'
UNION ALL
SELECT criterion_no, 'right', target, theme.position FROM criterion_link JOIN theme ON theme = target
WHERE target_type = 'theme';

-- A region's code, derived from its name, for use in URLs.
CREATE OR REPLACE TEMP MACRO region_code(region) AS
    'region.' || trim(regexp_replace(lower(strip_accents(region)), '[^a-z0-9]+', '-', 'g'), '-');

-- The same for a group of operations, told apart from others that would have the same code.
CREATE OR REPLACE TABLE subject_operation AS
WITH named AS (
    SELECT of_group, trim(regexp_replace(lower(strip_accents(of_group)), '[^a-z0-9]+', '-', 'g'), '-') AS slug,
        count(*) OVER (PARTITION BY slug) > 1 OR slug = '' AS is_alike
    FROM (SELECT DISTINCT of_group FROM operation WHERE kind = 'operation' AND of_group IS NOT NULL)
)
SELECT 'operations.' || slug || CASE WHEN is_alike THEN '-' || left(md5(of_group), 8) ELSE '' END AS subject,
    of_group AS title, operation
FROM named JOIN operation USING (of_group) WHERE kind = 'operation';

-- What can be compared: operations, their groups, regions and the whole group. The last two are means of countries.
CREATE OR REPLACE TABLE subject_country AS
SELECT 'group.countries' AS subject, country FROM country WHERE country <> 'GROUP'
UNION ALL
SELECT region_code(region), country FROM country WHERE country <> 'GROUP' AND region <> '';

CREATE OR REPLACE TABLE subject AS
SELECT p.framework, p.round, p.operation AS subject, 'operation' AS subject_kind, o.title, c.country,
    dense_rank() OVER (ORDER BY c.country = 'GROUP', in_order(c.region), in_order(c.title),
    in_order(o.title)) AS subject_position
FROM participation AS p JOIN named_operation AS o USING (operation) JOIN country AS c USING (country_no)
-- The operations that somebody may not see have no answers of their own.
WHERE o.kind <> 'rest'
UNION ALL
SELECT DISTINCT p.framework, p.round, s.subject, split_part(s.subject, '.', 1), any_value(c.region), NULL, -1
FROM participation AS p JOIN subject_country AS s USING (country) JOIN country AS c USING (country)
WHERE s.subject <> 'group.countries'
GROUP BY p.framework, p.round, s.subject
UNION ALL
SELECT DISTINCT p.framework, p.round, s.subject, 'operations', s.title, NULL, 0
FROM participation AS p JOIN subject_operation AS s USING (operation)
UNION ALL
SELECT DISTINCT framework, round, 'group.countries', 'group', NULL, NULL, -2 FROM participation;

-- Which small tables do pages read? Tallies with every name beside them: joined once here, so that a page need not.
-- See docs/decisions/0005-scoring-once-and-portable.md.

CREATE OR REPLACE TABLE criterion_card AS
SELECT k.*, a.area, a.code AS area_code, f.framework, f.coverage_limit, f.count_below,
    coalesce(l.risk_areas, []) AS risk_areas, coalesce(l.rights, []) AS rights,
    coalesce(l.functions, []) AS functions
FROM criterion AS k
JOIN area AS a USING (area_no)
JOIN framework AS f ON f.framework_no = k.framework_no
LEFT JOIN (
    SELECT criterion_no, list(target ORDER BY target) FILTER (WHERE target_type = 'risk_area') AS risk_areas,
        -- Articles and the rights they make up, by one name: a filter may hold either.
        list(target ORDER BY target) FILTER (WHERE target_type IN ('theme', 'right')) AS rights,
        list(target ORDER BY position) FILTER (WHERE target_type = 'function') AS functions
    FROM criterion_link GROUP BY criterion_no
) AS l USING (criterion_no);

-- The two that follow are views first: over tallies of answers that are only imagined they say what would be read.
CREATE OR REPLACE VIEW scored AS
SELECT r.round, c.country, c.title AS country_title, c.region, k.framework, k.framework_no, k.area, k.area_no, k.area_code,
    k.criterion, k.kind, k.critical, k.risk_areas, k.rights, k.coverage_limit, k.count_below,
    -- Sums of whole numbers would come out wider than a browser reads; as doubles they stay exact far beyond need.
    CAST(COLUMNS(t.* EXCLUDE (round_no, country_no, criterion_no, last_answered_on)) AS DOUBLE), t.criterion_no,
    t.last_answered_on, p.country_position
FROM tally AS t
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN criterion_card AS k USING (criterion_no)
JOIN (
    SELECT country_no, dense_rank() OVER (ORDER BY country = 'GROUP', region, title) AS country_position
    FROM country SEMI JOIN tally USING (country_no)
) AS p USING (country_no);
CREATE TABLE IF NOT EXISTS score AS FROM scored LIMIT 0;
-- Only what was folded anew is named anew; with other lists or frameworks that is everything.
CREATE OR REPLACE TEMP VIEW touched_code AS
SELECT round, country FROM touched JOIN round USING (round_no) JOIN country USING (country_no);
DELETE FROM score USING touched_code AS t WHERE score.round = t.round AND score.country = t.country;
INSERT INTO score
SELECT s.* FROM scored AS s JOIN round AS r USING (round) WHERE (s.round, s.country) IN (SELECT (round, country) FROM touched_code)
ORDER BY framework_no, position, country, criterion_no;

CREATE OR REPLACE VIEW scored_change AS
SELECT r.round, c.country, c.title AS country_title, k.framework, k.area, k.criterion, k.kind, k.risk_areas, k.rights, k.count_below,
    m.* EXCLUDE (round_no, country_no)
FROM matched AS m
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN criterion_card AS k USING (criterion_no);
CREATE TABLE IF NOT EXISTS score_change AS FROM scored_change LIMIT 0;
DELETE FROM score_change USING touched_code AS t WHERE score_change.round = t.round AND score_change.country = t.country;
INSERT INTO score_change
SELECT s.* FROM scored_change AS s JOIN round AS r USING (round) JOIN framework AS f USING (framework)
WHERE (s.round, s.country) IN (SELECT (round, country) FROM touched_code)
ORDER BY framework_no, position, country, criterion_no;

-- What is published, by a name that stands where `score` is what would be scored.
CREATE OR REPLACE VIEW published_score AS FROM score;

CREATE OR REPLACE TABLE impact_rights AS
SELECT i.impact, list_distinct(i.rights || coalesce(flatten(list(t.themes)), [])) AS rights
FROM (SELECT impact, rights, unnest(CASE WHEN len(rights) = 0 THEN [NULL] ELSE rights END) AS "right" FROM impact) AS i
LEFT JOIN crc_right AS t USING ("right")
GROUP BY i.impact, i.rights;

-- Every impact as pages list it; `rights` by article and by common name, `touched_by` the opportunities that lessen a risk.
CREATE OR REPLACE TABLE impact_card AS
SELECT i.impact, row_number() OVER (ORDER BY i.risk_area, i.polarity DESC, i.impact) AS impact_position, i.risk_area,
    [i.risk_area] AS risk_areas, i.setting, i.polarity, i.text, i.age_groups, i.groups, i.stage, x.rights, i.functions,
    i.criteria, i.touches, coalesce(t.touched_by, []) AS touched_by, i.basis, i.citation, s.services
FROM impact AS i
JOIN impact_rights AS x USING (impact)
JOIN setting AS s USING (setting)
LEFT JOIN (
    SELECT touched AS impact, list(impact ORDER BY impact) AS touched_by
    FROM (SELECT impact, unnest(touches) AS touched FROM impact) GROUP BY touched
) AS t USING (impact);

-- Guidance and cases with the areas and rights that their criteria stand for, so that every filter keeps them too.
CREATE OR REPLACE TABLE guidance_card AS
SELECT g.*, list_position(['start', 'build', 'lead'], g.step) AS effort, k.areas, k.rights, k.frameworks
FROM guidance AS g JOIN (
    SELECT guidance, list(DISTINCT area) AS areas, list_distinct(flatten(list(rights))) AS rights, list(DISTINCT framework) AS frameworks
    FROM (SELECT guidance, unnest(criteria) AS criterion FROM guidance) JOIN criterion_card USING (criterion) GROUP BY guidance
) AS k USING (guidance) ORDER BY g.position;

CREATE OR REPLACE TABLE case_card AS
SELECT g.*, k.areas, k.rights, k.frameworks
FROM case_study AS g JOIN (
    SELECT case_study, list(DISTINCT area) AS areas, list_distinct(flatten(list(rights))) AS rights, list(DISTINCT framework) AS frameworks
    FROM (SELECT case_study, unnest(criteria) AS criterion FROM case_study) JOIN criterion_card USING (criterion) GROUP BY case_study
) AS k USING (case_study) ORDER BY g.position;

-- What operations said of impacts: one row a rated risk, one a rated opportunity. Nothing found is no row; see impact_state.
CREATE OR REPLACE TABLE exposure AS
SELECT r.round, c.country, c.title AS country_title, o.operation, o.title AS operation_title, i.impact, i.risk_area,
    i.risk_areas, i.setting, i.rights, severity_of(g.scale, g.scope, g.irremediability) AS severity,
    (g.scale + g.scope + g.irremediability) / 3.0 AS second_key, g.* EXCLUDE (round_no, operation_no, impact, found)
FROM risk_rating AS g
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN impact_card AS i USING (impact)
WHERE g.found
ORDER BY r.position, severity DESC, second_key DESC, likelihood DESC, c.title, o.title, i.impact_position;

CREATE OR REPLACE TABLE opening AS
SELECT r.round, c.country, c.title AS country_title, o.operation, o.title AS operation_title, i.impact, i.risk_area,
    i.risk_areas, i.setting, i.rights, g.* EXCLUDE (round_no, operation_no, impact, found)
FROM opportunity_rating AS g
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN impact_card AS i USING (impact)
WHERE g.found
ORDER BY r.position, c.title, o.title, i.impact_position;

CREATE OR REPLACE TABLE participation AS
SELECT DISTINCT f.framework, f.framework_no, r.round, r.position AS round_position, c.country, o.operation, o.operation_no, o.synthetic
FROM (SELECT DISTINCT round_no, profile_no, framework_no FROM asked JOIN criterion USING (criterion_no)) AS a
JOIN operation AS o USING (profile_no)
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN framework AS f USING (framework_no);

CREATE OR REPLACE TABLE todo AS
SELECT a.*, c.country, c.title AS country_title, k.framework, k.area, coalesce(k.risk_areas, [i.risk_area]) AS risk_areas,
    coalesce(k.rights, x.rights) AS rights
FROM action AS a
JOIN operation USING (operation_no)
JOIN country AS c USING (country_no)
LEFT JOIN criterion_card AS k ON k.criterion = a.criterion
LEFT JOIN impact AS i ON i.impact = a.impact
LEFT JOIN impact_rights AS x ON x.impact = a.impact;

-- Every impact in every round and operation that has its setting: rated, none_found or not_rated, which are three things.
CREATE OR REPLACE VIEW impact_state AS
SELECT p.round, p.country, p.operation, i.impact, i.risk_area, i.risk_areas, i.setting, i.polarity, i.rights,
    CASE WHEN g.found THEN 'rated' WHEN NOT g.found THEN 'none_found' ELSE 'not_rated' END AS state,
    g.basis, g.rated_by_role, g.rated_on
FROM (SELECT DISTINCT round, country, operation FROM participation) AS p
JOIN operation AS o USING (operation)
JOIN round AS r USING (round)
JOIN impact_card AS i ON len(i.services) = 0 OR list_has_any(i.services, o.services)
LEFT JOIN (
    SELECT round_no, operation_no, impact, found, basis, rated_by_role, rated_on FROM risk_rating
    UNION ALL
    SELECT round_no, operation_no, impact, found, basis, rated_by_role, rated_on FROM opportunity_rating
) AS g ON g.round_no = r.round_no AND g.operation_no = o.operation_no AND g.impact = i.impact
WHERE o.kind = 'operation' OR g.impact IS NOT NULL;

-- The same counted by country: how many operations have the setting of an impact, and what they said of it. Operations are
-- counted by what they offer, not one by one: with thousands of them the list above is long.
CREATE OR REPLACE TABLE impact_tally AS
WITH offering AS (
    SELECT p.round, p.country, o.services, count(*) AS n
    FROM (SELECT DISTINCT round, country, operation FROM participation) AS p JOIN operation AS o USING (operation)
    WHERE o.kind = 'operation' GROUP BY p.round, p.country, o.services
),
having_it AS (
    SELECT f.round, f.country, i.impact, sum(f.n) AS n_operations
    FROM offering AS f JOIN impact_card AS i ON len(i.services) = 0 OR list_has_any(i.services, f.services)
    GROUP BY f.round, f.country, i.impact
),
said AS (
    SELECT r.round, c.country, g.impact, count(*) FILTER (WHERE found) AS n_rated, count(*) FILTER (WHERE NOT found) AS n_none_found
    FROM (
        SELECT round_no, operation_no, impact, found FROM risk_rating
        UNION ALL SELECT round_no, operation_no, impact, found FROM opportunity_rating
    ) AS g
    JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no) JOIN country AS c USING (country_no)
    GROUP BY r.round, c.country, g.impact
)
SELECT round, country, impact, coalesce(n_operations, 0) AS n_operations, coalesce(n_rated, 0) AS n_rated,
    coalesce(n_none_found, 0) AS n_none_found
FROM having_it FULL JOIN said USING (round, country, impact)
ORDER BY round, country, impact;

-- Every cell a heat map may have, asked or not, with its titles in every language and its framework's bands.
CREATE OR REPLACE TABLE frame AS
SELECT p.framework, p.round, p.country, c.country_title, c.country_position, k.area, k.area_code, k.area_no,
    k.coverage_limit, k.count_below, t.titles, b.bands
FROM (SELECT DISTINCT framework, framework_no, round, country FROM participation) AS p
JOIN (
    SELECT country, title AS country_title,
        dense_rank() OVER (ORDER BY country = 'GROUP', region, title) AS country_position
    FROM country
) AS c USING (country)
JOIN (
    SELECT DISTINCT framework, area, area_code, area_no, coverage_limit, count_below FROM criterion_card
) AS k USING (framework)
JOIN (SELECT id, map(list(language), list(title)) AS titles FROM wording GROUP BY id) AS t ON t.id = k.area
JOIN (
    SELECT framework_no, list({band: band, title: title, starts_at: starts_at} ORDER BY band_no) AS bands
    FROM band GROUP BY framework_no
) AS b USING (framework_no)
ORDER BY p.framework_no, p.round, c.country_position, k.area_no;

-- What a criterion's figures can be read by. A criterion that serves several risk areas or rights counts in each.
CREATE OR REPLACE TABLE criterion_facet AS
SELECT criterion_no, 'all' AS facet, '' AS code, 0 AS code_position FROM criterion
UNION ALL
SELECT criterion_no, 'principle', area, area_no FROM criterion_card
UNION ALL
SELECT criterion_no, 'risk_area', target, 0 FROM criterion_link WHERE target_type = 'risk_area'
UNION ALL
SELECT criterion_no, 'right', target, theme.position FROM criterion_link JOIN theme ON theme = target WHERE target_type = 'theme';

-- A region's code, out of its name: what a URL carries.
CREATE OR REPLACE TEMP MACRO region_code(region) AS
    'region.' || trim(regexp_replace(lower(strip_accents(region)), '[^a-z0-9]+', '-', 'g'), '-');
-- What can be set against each other: operations, regions, and the group. Regions and the group are means of countries.
CREATE OR REPLACE TABLE subject_country AS
SELECT 'group.countries' AS subject, country FROM country WHERE country <> 'GROUP'
UNION ALL
SELECT region_code(region), country FROM country WHERE country <> 'GROUP' AND region <> '';

CREATE OR REPLACE TABLE subject AS
SELECT p.framework, p.round, p.operation AS subject, 'operation' AS subject_kind, o.title, c.country,
    dense_rank() OVER (ORDER BY c.country = 'GROUP', c.region, c.title, o.title) AS subject_position
FROM participation AS p JOIN operation AS o USING (operation) JOIN country AS c USING (country_no)
UNION ALL
SELECT DISTINCT p.framework, p.round, s.subject, split_part(s.subject, '.', 1), any_value(c.region), NULL, -1
FROM participation AS p JOIN subject_country AS s USING (country) JOIN country AS c USING (country)
WHERE s.subject <> 'group.countries'
GROUP BY p.framework, p.round, s.subject
UNION ALL
SELECT DISTINCT framework, round, 'group.countries', 'group', NULL, NULL, -2 FROM participation;

-- The outside figures on record, each country's latest. A difference is computed of two figures of the same year; one that
-- somebody published for that year goes before it.
CREATE OR REPLACE TABLE figure AS
WITH computed AS (
    SELECT m.country_no, i.indicator, m.year,
        CAST(round(try_cast(m.value AS DOUBLE) - try_cast(s.value AS DOUBLE), 1) AS VARCHAR) AS value,
        CASE WHEN m.publisher = s.publisher THEN m.publisher ELSE m.publisher || '; ' || s.publisher END AS publisher,
        CASE WHEN m.dataset = s.dataset THEN m.dataset ELSE m.dataset || '; ' || s.dataset END AS dataset,
        CASE WHEN m.licence = s.licence THEN m.licence ELSE m.licence || '; ' || s.licence END AS licence,
        coalesce(m.note, s.note) AS note
    FROM indicator AS i
    JOIN context AS m ON m.indicator = i.difference_of[1]
    JOIN context AS s ON s.indicator = i.difference_of[2] AND s.country_no = m.country_no AND s.year = m.year
),
every AS (
    SELECT *, false AS computed FROM context
    UNION ALL BY NAME
    SELECT *, true AS computed FROM computed WHERE value IS NOT NULL
)
SELECT c.country, x.*, i.title AS indicator_title, i.unit, i.limit_years,
    CASE WHEN isfinite(try_cast(x.value AS DOUBLE)) THEN try_cast(x.value AS DOUBLE) END AS number
FROM every AS x JOIN indicator AS i USING (indicator) JOIN country AS c USING (country_no)
QUALIFY row_number() OVER (PARTITION BY country_no, indicator ORDER BY x.year DESC, computed) = 1
ORDER BY indicator, country;

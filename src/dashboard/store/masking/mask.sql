-- What may a room see of a publication? Names become aliases, and what people wrote is left out; the numbers stay.
-- `alias` holds kind, code, alias and title of everything that has a name. `tables/` then makes derived tables again.

-- A region of one or two countries would identify them.
CREATE OR REPLACE TABLE country AS
WITH region AS (
    SELECT c.region, count(DISTINCT c.country) AS n FROM country AS c JOIN operation AS o USING (country_no)
    WHERE c.country <> $never GROUP BY c.region
)
SELECT c.country_no, a.alias AS country, a.title, CASE WHEN r.n >= $fewest THEN c.region ELSE '' END AS region,
    CAST(NULL AS VARCHAR[]) AS formerly
FROM country AS c JOIN alias AS a ON a.kind = 'country' AND a.code = c.country LEFT JOIN region AS r USING (region);

-- What they are called in other languages would name them too, and so would notes on rounds.
DELETE FROM wording WHERE starts_with(id, 'country/') OR starts_with(id, 'indicator/') OR starts_with(id, 'law/')
    OR (starts_with(id, 'region/') AND id NOT IN (SELECT 'region/' || region FROM country));
UPDATE wording SET text = NULL WHERE starts_with(id, 'round/');

-- The rounds of joining and of leaving, and services specific to a group, would identify operations.
CREATE OR REPLACE TABLE operation AS
SELECT o.* REPLACE (a.alias AS operation, a.title AS title, g.title AS of_group, CAST(NULL AS VARCHAR) AS first_round,
    CAST(NULL AS VARCHAR) AS last_round, CAST(NULL AS VARCHAR) AS short_until,
    CAST(NULL AS VARCHAR) AS language, CAST(NULL AS VARCHAR[]) AS formerly,
    list_intersect(o.services, known.services) AS services)
FROM operation AS o JOIN alias AS a ON a.kind IN ('operation', 'head_office') AND a.code = o.operation
LEFT JOIN alias AS g ON g.kind = 'group' AND g.code = o.of_group
CROSS JOIN (
    SELECT list(DISTINCT service ORDER BY service) AS services
    FROM (SELECT unnest(services) AS service FROM setting UNION ALL SELECT unnest(services) FROM criterion)
) AS known;

-- Outside facts identify a country by their numbers, while problems and library files quote what was imported.
DELETE FROM context; DELETE FROM law; DELETE FROM indicator; DELETE FROM problem; DELETE FROM library;

-- Change, too, is shown only from this many matched answers on.
UPDATE framework SET count_below = $fewest WHERE count_below < $fewest;

DROP TABLE score; DROP TABLE score_change; DELETE FROM touched;
INSERT INTO touched SELECT DISTINCT round_no, country_no FROM tally;

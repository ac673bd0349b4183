-- How are the sound rows of the lists written? Known ids keep their number, new ones get the next. Of the versions that
-- a round names of a framework, the first is the one it asks; the others are only known from then on, see versions.sql.

-- What has another code now keeps its number, and with it all that was said; roles are granted by code.
UPDATE country SET country = n.code FROM former_names AS n WHERE n.kind = 'country' AND n.former = country.country;
UPDATE operation SET operation = n.code FROM former_names AS n
WHERE n.kind = 'operation' AND n.former = operation.operation;
UPDATE person_grant SET scope = n.kind || ':' || n.code FROM former_names AS n
WHERE n.kind || ':' || n.former = person_grant.scope;
UPDATE wording SET id = 'country/' || n.code FROM former_names AS n
WHERE n.kind = 'country' AND wording.id = 'country/' || n.former;

INSERT INTO country BY NAME
SELECT coalesce((SELECT max(country_no) FROM country), 0) + 1 AS country_no, 'GROUP' AS country, 'Head office' AS title,
    'Group' AS region
WHERE NOT EXISTS (FROM country WHERE country = 'GROUP');

UPDATE country SET title = s.title, region = s.region,
    formerly = list_distinct(list_concat(country.formerly, {{ split('s.formerly') }}))
FROM sound_countries AS s WHERE s.country = country.country;
INSERT INTO country BY NAME
SELECT (SELECT max(country_no) FROM country) + row_number() OVER (ORDER BY s.row_id) AS country_no, s.country, s.title,
    s.region, {{ split('s.formerly') }} AS formerly
FROM sound_countries AS s ANTI JOIN country ON country.country = s.country;

UPDATE round SET title = s.title, starts_on = CAST(s.starts_on AS DATE), ends_on = CAST(s.ends_on AS DATE),
    frameworks = {{ split('s.frameworks') }},
    versions = list_transform({{ split('s.versions') }}, lambda said: split_part(said, ',', 1)),
    closed = coalesce(lower(s.closed) = 'true', round.closed), round_note = s.note
FROM sound_rounds AS s WHERE s.round = round.round;
INSERT INTO round BY NAME
SELECT coalesce((SELECT max(round_no) FROM round), 0) + row_number() OVER (ORDER BY s.starts_on, s.row_id) AS round_no,
    {{ typed('rounds', 's', 'frameworks', 'versions') }},
    {{ split('s.frameworks') }} AS frameworks,
    list_transform({{ split('s.versions') }}, lambda said: split_part(said, ',', 1)) AS versions, 0 AS position
FROM sound_rounds AS s ANTI JOIN round ON round.round = s.round;
UPDATE round SET position = o.position
FROM (SELECT round_no, row_number() OVER (ORDER BY starts_on, round) AS position FROM round) AS o
WHERE o.round_no = round.round_no;

CREATE TEMP TABLE incoming_operation AS
SELECT s.row_id, s.operation, c.country_no, s.title, s.kind,
    list_sort({{ split('s.services') }}) AS services, list_sort({{ split('s.frameworks') }}) AS frameworks,
    {{ split('s.formerly') }} AS formerly,
    s.first_round, s.last_round, s.short_until, lower(s.language) AS language,
    coalesce(lower(s.synthetic) = 'true', false) AS synthetic, s."group" AS of_group
FROM sound_operations AS s
JOIN country AS c ON c.country = CASE WHEN s.kind = 'group' THEN 'GROUP' ELSE s.country END;
UPDATE operation SET country_no = s.country_no, title = s.title, kind = s.kind, services = s.services,
    frameworks = s.frameworks, first_round = coalesce(s.first_round, operation.first_round),
    last_round = CASE WHEN s.last_round = '-' THEN NULL ELSE coalesce(s.last_round, operation.last_round) END,
    short_until = CASE WHEN s.short_until = '-' THEN NULL ELSE coalesce(s.short_until, operation.short_until) END,
    language = coalesce(s.language, operation.language), synthetic = s.synthetic, of_group = s.of_group,
    formerly = list_distinct(list_concat(operation.formerly, s.formerly))
FROM incoming_operation AS s WHERE s.operation = operation.operation;
INSERT INTO operation BY NAME
SELECT coalesce((SELECT max(operation_no) FROM operation), 0) + row_number() OVER (ORDER BY s.row_id) AS operation_no,
    s.* EXCLUDE (row_id)
    REPLACE (coalesce(s.first_round, opening.round) AS first_round, nullif(s.last_round, '-') AS last_round,
        nullif(s.short_until, '-') AS short_until)
FROM incoming_operation AS s
-- What joins a list that was published before begins in the first open round, so that nothing earlier changes.
LEFT JOIN (
    SELECT arg_min(round, position) AS round FROM round
    WHERE NOT closed AND EXISTS (FROM operation WHERE kind = 'operation') HAVING min(position) > 1
) AS opening ON s.kind = 'operation'
ANTI JOIN operation ON operation.operation = s.operation;
DROP TABLE incoming_operation;

INSERT OR REPLACE INTO indicator BY NAME
SELECT {{ typed('indicators', 's', 'unit', 'difference_of', 'series') }}, coalesce(unit, '') AS unit,
    {{ split('difference_of') }} AS difference_of, {{ split('series') }} AS series
FROM sound_indicators AS s;

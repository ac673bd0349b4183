-- What is called otherwise in a language? Lists, scales, bands and standards stand in temporary tables of one cursor
-- under the same names, so that the same questions find what the reader calls them.

CREATE TEMP TABLE called AS
SELECT id, title, text FROM wording
WHERE language = $language AND (contains(id, '/') OR id IN (SELECT framework FROM framework));
INSERT INTO called
SELECT id, title, NULL AS text FROM (SELECT unnest($ids) AS id, unnest($titles) AS title) ANTI JOIN called USING (id);

CREATE TEMP TABLE country AS
SELECT c.* REPLACE (coalesce(n.title, c.title) AS title, coalesce(r.title, c.region) AS region)
FROM {published}.country AS c
LEFT JOIN called AS n ON n.id = 'country/' || c.country LEFT JOIN called AS r ON r.id = 'region/' || c.region;

-- Whoever is called by their country is called so in the language too.
CREATE TEMP TABLE named_operation AS
SELECT o.* REPLACE (CASE WHEN o.title = p.title THEN c.title ELSE o.title END AS title)
FROM {published}.named_operation AS o JOIN {published}.country AS p USING (country_no)
JOIN country AS c USING (country_no);
CREATE TEMP TABLE round AS
SELECT r.* REPLACE (coalesce(n.title, r.title) AS title, coalesce(n.text, r.round_note) AS round_note)
FROM {published}.round AS r LEFT JOIN called AS n ON n.id = 'round/' || r.round;
CREATE TEMP TABLE framework AS
SELECT f.* REPLACE (coalesce(n.title, f.title) AS title, coalesce(n.text, f.short_title) AS short_title,
    coalesce(a.title, f.area_word) AS area_word, coalesce(s.publisher, f.publisher) AS publisher,
    coalesce(s.edition, f.edition) AS edition, coalesce(s.licence_note, f.licence_note) AS licence_note,
    coalesce(s.held_in_part, f.held_in_part) AS held_in_part)
FROM {published}.framework AS f LEFT JOIN called AS n ON n.id = f.framework
LEFT JOIN {published}.framework_said AS s ON s.framework = f.framework AND s.language = $language
LEFT JOIN called AS a ON a.id = 'area_word/' || f.framework;
CREATE TEMP TABLE scale AS
SELECT s.* REPLACE (coalesce(n.title, s.title) AS title)
FROM {published}.scale AS s LEFT JOIN called AS n ON n.id = s.wording_id;
CREATE TEMP TABLE band AS
SELECT b.* REPLACE (coalesce(n.title, b.title) AS title)
FROM {published}.band AS b JOIN framework AS f USING (framework_no)
LEFT JOIN called AS n ON n.id = 'band/' || f.framework || '/' || b.band;
CREATE TEMP TABLE indicator AS
SELECT i.* REPLACE (coalesce(n.title, i.title) AS title, coalesce(n.text, i.unit) AS unit)
FROM {published}.indicator AS i LEFT JOIN called AS n ON n.id = 'indicator/' || i.indicator;

CREATE TEMP MACRO in_order(name) AS icu_sort_key(name, '{locale}');
CREATE TEMP TABLE placed AS
SELECT country, title, region,
    dense_rank() OVER (ORDER BY country = 'GROUP', in_order(region), in_order(title)) AS country_position
FROM country SEMI JOIN tally USING (country_no);

CREATE TEMP VIEW score AS
SELECT s.* REPLACE (c.title AS country_title, c.region AS region, c.country_position AS country_position)
FROM {published}.score AS s JOIN placed AS c USING (country);
CREATE TEMP VIEW score_change AS
SELECT s.* REPLACE (c.title AS country_title) FROM {published}.score_change AS s JOIN country AS c USING (country);
CREATE TEMP VIEW exposure AS
SELECT e.* REPLACE (c.title AS country_title, n.title AS operation_title)
FROM {published}.exposure AS e JOIN country AS c USING (country) JOIN named_operation AS n USING (operation);
CREATE TEMP VIEW opening AS
SELECT o.* REPLACE (c.title AS country_title, n.title AS operation_title)
FROM {published}.opening AS o JOIN country AS c USING (country) JOIN named_operation AS n USING (operation);
CREATE TEMP VIEW todo AS
SELECT t.* REPLACE (c.title AS country_title) FROM {published}.todo AS t JOIN country AS c USING (country);
CREATE TEMP VIEW figure AS
SELECT f.* REPLACE (i.title AS indicator_title, i.unit AS unit)
FROM {published}.figure AS f JOIN indicator AS i USING (indicator);

CREATE TEMP TABLE subject AS
SELECT s.* REPLACE (coalesce(r.region, o.title, s.title) AS title,
    CASE WHEN s.subject_kind <> 'operation' THEN s.subject_position ELSE dense_rank()
    OVER (ORDER BY s.subject_kind <> 'operation', c.country = 'GROUP', in_order(c.region), in_order(c.title),
    in_order(s.title))
    END AS subject_position)
FROM {published}.subject AS s LEFT JOIN country AS c USING (country)
LEFT JOIN named_operation AS o ON o.operation = s.subject LEFT JOIN (
    SELECT m.subject, any_value(n.region) AS region
    FROM subject_country AS m JOIN country AS n USING (country) WHERE m.subject <> 'group.countries' GROUP BY m.subject
) AS r USING (subject);

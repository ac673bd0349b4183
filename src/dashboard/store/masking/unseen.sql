-- What remains of a publication for somebody who sees some operations by name? `alias` holds every operation and
-- country that they do not. If their sums are shown, answers of the others stay until `rest.sql`, folded as those of
-- two countries: one of operations that the reader may know from elsewhere, and one of all others, of which enough must
-- have answered.

-- A step that opens a place of others would lead nowhere.
CREATE TEMP TABLE lost_tour AS
SELECT DISTINCT tour
FROM tour_step JOIN alias ON kind <> 'group' AND regexp_matches(place, '\b' || regexp_escape(code) || '\b');
DELETE FROM wording
WHERE id IN (SELECT tour FROM lost_tour UNION SELECT id FROM tour_step SEMI JOIN lost_tour USING (tour));
DELETE FROM tour_step USING lost_tour AS l WHERE tour_step.tour = l.tour;
DELETE FROM tour USING lost_tour AS l WHERE tour.tour = l.tour;

CREATE TEMP TABLE hidden AS
SELECT operation_no, kind = 'operation' AS pooled
FROM operation SEMI JOIN alias ON alias.code = operation AND alias.kind IN ('operation', 'head_office');
CREATE TEMP TABLE hidden_country AS SELECT country_no
FROM country SEMI JOIN alias ON alias.code = country AND alias.kind = 'country';
CREATE TEMP TABLE rest_no AS
SELECT CAST(max(country_no) + n AS SMALLINT) AS country_no, n = 2 AS known FROM country, unnest([1, 2]) AS numbers(n)
GROUP BY n;

-- Of every other table that says something of an operation, no row of theirs is left.
{{ without_hidden() }}
DELETE FROM answer_log USING hidden AS h WHERE answer_log.operation_no = h.operation_no;
-- What a country or the group approved holds the figures of all their operations.
DELETE FROM approval WHERE operation_no IS NULL AND (country_no IS NULL OR country_no IN (
    SELECT country_no FROM hidden_country UNION SELECT country_no FROM operation SEMI JOIN hidden USING (operation_no)
));
DELETE FROM approval_log AS l WHERE NOT EXISTS (
    FROM approval AS a
    WHERE (a.round_no, a.operation_no, a.country_no) IS NOT DISTINCT FROM (l.round_no, l.operation_no, l.country_no)
);
DELETE FROM brought USING hidden AS h WHERE brought.operation_no = h.operation_no;
DELETE FROM evidence_item WHERE action NOT IN (SELECT action FROM action);
DELETE FROM context USING hidden_country AS h WHERE context.country_no = h.country_no;
DELETE FROM law USING hidden_country AS h WHERE law.country_no = h.country_no;
DELETE FROM wording WHERE starts_with(id, 'law/') AND substr(id, 5) NOT IN (
    SELECT said FROM (SELECT unnest([{{ law_sentences | join(", ") }}]) AS said FROM law) WHERE said IS NOT NULL
);
-- Head offices are asked other things than operations, and no two groups have several.
DELETE FROM answer USING hidden AS h WHERE answer.operation_no = h.operation_no AND NOT (h.pooled AND $means);
DELETE FROM problem; DELETE FROM library; DELETE FROM person_grant;
DELETE FROM wording WHERE id IN (SELECT 'country/' || code FROM alias WHERE kind = 'country');
UPDATE wording SET text = NULL WHERE starts_with(id, 'round/');
UPDATE round SET round_note = NULL;

CREATE OR REPLACE TABLE operation AS
SELECT o.* REPLACE (coalesce(r.country_no, o.country_no) AS country_no)
FROM operation AS o LEFT JOIN hidden AS h USING (operation_no)
LEFT JOIN rest_no AS r ON h.operation_no IS NOT NULL AND r.known = list_contains($known, o.operation);
DELETE FROM tally; DELETE FROM matched; DELETE FROM touched;
INSERT INTO touched SELECT DISTINCT round_no, country_no FROM answer JOIN operation USING (operation_no);

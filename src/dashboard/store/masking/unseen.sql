-- What remains of a publication for somebody who sees some operations by name? `alias` holds every operation and country that they
-- do not. If their sums are shown, answers of the others stay until `rest.sql`, as those of one country, folded like all others.

-- A step that opens a place of others would lead nowhere.
CREATE TEMP TABLE lost_tour AS
SELECT DISTINCT tour FROM tour_step JOIN alias ON kind <> 'group' AND regexp_matches(place, '\b' || regexp_escape(code) || '\b');
DELETE FROM wording WHERE id IN (SELECT tour FROM lost_tour UNION SELECT id FROM tour_step SEMI JOIN lost_tour USING (tour));
DELETE FROM tour_step USING lost_tour AS l WHERE tour_step.tour = l.tour;
DELETE FROM tour USING lost_tour AS l WHERE tour.tour = l.tour;

CREATE TEMP TABLE hidden AS
SELECT operation_no, kind = 'operation' AS pooled FROM operation SEMI JOIN alias ON alias.code = operation AND alias.kind IN ('operation', 'head_office');
CREATE TEMP TABLE hidden_country AS SELECT country_no FROM country SEMI JOIN alias ON alias.code = country AND alias.kind = 'country';
CREATE TEMP TABLE rest_no AS SELECT CAST(max(country_no) + 1 AS SMALLINT) AS country_no FROM country;

DELETE FROM risk_rating USING hidden AS h WHERE risk_rating.operation_no = h.operation_no;
DELETE FROM opportunity_rating USING hidden AS h WHERE opportunity_rating.operation_no = h.operation_no;
DELETE FROM child_participation USING hidden AS h WHERE child_participation.operation_no = h.operation_no;
DELETE FROM review USING hidden AS h WHERE review.operation_no = h.operation_no;
DELETE FROM answer_log USING hidden AS h WHERE answer_log.operation_no = h.operation_no;
DELETE FROM brought USING hidden AS h WHERE brought.operation_no = h.operation_no;
DELETE FROM action USING hidden AS h WHERE action.operation_no = h.operation_no;
DELETE FROM evidence_item USING hidden AS h WHERE evidence_item.operation_no = h.operation_no;
DELETE FROM evidence_item WHERE action NOT IN (SELECT action FROM action);
DELETE FROM answer_comment USING hidden AS h WHERE answer_comment.operation_no = h.operation_no;
DELETE FROM figure_target USING hidden AS h WHERE figure_target.operation_no = h.operation_no;
DELETE FROM context USING hidden_country AS h WHERE context.country_no = h.country_no;
-- Head offices are asked other things than operations, and no two groups have several.
DELETE FROM answer USING hidden AS h WHERE answer.operation_no = h.operation_no AND NOT (h.pooled AND $means);
DELETE FROM problem; DELETE FROM library; DELETE FROM person_grant;
DELETE FROM wording WHERE id IN (SELECT 'country/' || code FROM alias WHERE kind = 'country');
UPDATE wording SET text = NULL WHERE starts_with(id, 'round/');
UPDATE round SET round_note = NULL;

CREATE OR REPLACE TABLE operation AS
SELECT o.* REPLACE (CASE WHEN h.operation_no IS NULL THEN o.country_no ELSE (SELECT country_no FROM rest_no) END AS country_no)
FROM operation AS o LEFT JOIN hidden AS h USING (operation_no);
DELETE FROM tally; DELETE FROM matched; DELETE FROM touched;
INSERT INTO touched SELECT DISTINCT round_no, country_no FROM answer JOIN operation USING (operation_no);

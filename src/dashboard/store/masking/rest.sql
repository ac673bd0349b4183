-- What is shown of the operations that somebody does not see by name? Nothing, or their sums as one country, wherever enough of them
-- answered whom the reader does not know from elsewhere. Their answers go; in their place is one operation that was asked whatever has
-- a sum. Whoever subtracts what they know from a sum is left with the answers of nobody, or of enough operations.

DELETE FROM answer USING hidden AS h WHERE answer.operation_no = h.operation_no;
-- A mean of operations needs the sums of each, which would tell what a single one answered.
CREATE TEMP TABLE told_apart AS SELECT criterion_no FROM criterion JOIN framework USING (framework_no) WHERE country_figure <> 'pooled';
CREATE TEMP TABLE enough AS
SELECT round_no, criterion_no FROM tally JOIN rest_no USING (country_no)
WHERE $means AND NOT known AND n_asked - n_unanswered >= $fewest AND criterion_no NOT IN (FROM told_apart);
DELETE FROM tally USING rest_no AS r WHERE tally.country_no = r.country_no AND (round_no, criterion_no) NOT IN (FROM enough);
CREATE TEMP TABLE enough_matched AS
SELECT round_no, earlier_no, criterion_no FROM matched JOIN rest_no USING (country_no)
WHERE $means AND NOT known AND n_matched >= $fewest AND criterion_no NOT IN (FROM told_apart);
DELETE FROM matched USING rest_no AS r
WHERE matched.country_no = r.country_no AND (round_no, earlier_no, criterion_no) NOT IN (FROM enough_matched);

-- From here on, the two are one country.
CREATE TEMP TABLE rest_tally AS
SELECT round_no, criterion_no, sum(COLUMNS(* EXCLUDE (round_no, country_no, criterion_no, operation_no, last_answered_on)))
FROM tally SEMI JOIN rest_no USING (country_no) GROUP BY round_no, criterion_no;
CREATE TEMP TABLE rest_matched AS
SELECT round_no, earlier_no, criterion_no, sum(COLUMNS(* EXCLUDE (round_no, earlier_no, country_no, criterion_no, operation_no)))
FROM matched SEMI JOIN rest_no USING (country_no) GROUP BY round_no, earlier_no, criterion_no;
DELETE FROM tally USING rest_no AS r WHERE tally.country_no = r.country_no;
DELETE FROM matched USING rest_no AS r WHERE matched.country_no = r.country_no;
UPDATE operation SET country_no = (SELECT country_no FROM rest_no WHERE NOT known)
WHERE country_no = (SELECT country_no FROM rest_no WHERE known);
DELETE FROM rest_no WHERE known;
-- Change is left out where somebody answered in one of the two rounds only: the sum of the round minus the matched sum would be theirs.
DELETE FROM rest_matched AS m WHERE n_matched <> (SELECT n_answered FROM rest_tally AS t WHERE t.round_no = m.round_no AND t.criterion_no = m.criterion_no)
    OR n_matched <> (SELECT n_answered FROM rest_tally AS t WHERE t.round_no = m.earlier_no AND t.criterion_no = m.criterion_no);
INSERT INTO tally BY NAME SELECT t.*, country_no FROM rest_tally AS t, rest_no;
INSERT INTO matched BY NAME SELECT m.*, country_no FROM rest_matched AS m, rest_no;
-- Nobody can decide on what fails in one of many.
UPDATE tally SET n_critical_failed = 0, last_answered_on = NULL, n_inherited = 0, weight_inherited = 0, points_inherited = 0
WHERE country_no = (SELECT country_no FROM rest_no);
UPDATE figure_target SET note = NULL, owner_role = NULL WHERE operation_no IS NULL;
DELETE FROM figure_target WHERE operation_no IS NULL AND NOT $means;

CREATE TEMP TABLE pooled AS
SELECT DISTINCT round_no, (SELECT max(profile_no) + 1 FROM operation) AS profile_no, criterion_no
FROM tally SEMI JOIN rest_no USING (country_no);

CREATE OR REPLACE TABLE operation AS
SELECT * FROM operation ANTI JOIN hidden USING (operation_no)
UNION ALL BY NAME
SELECT (SELECT max(operation_no) + 1 FROM operation) AS operation_no, $code AS operation, (SELECT country_no FROM rest_no) AS country_no,
    $title AS title, 'rest' AS kind, CAST([] AS VARCHAR[]) AS services,
    (SELECT list(DISTINCT framework) FROM pooled JOIN criterion USING (criterion_no) JOIN framework USING (framework_no)) AS frameworks,
    (SELECT coalesce(bool_or(synthetic), false) FROM operation) AS synthetic, (SELECT any_value(profile_no) FROM pooled) AS profile_no
WHERE EXISTS (FROM pooled);
INSERT INTO asked SELECT * FROM pooled;
DELETE FROM asked WHERE profile_no NOT IN (SELECT profile_no FROM operation);

CREATE OR REPLACE TABLE country AS
SELECT * FROM country ANTI JOIN hidden_country USING (country_no)
UNION ALL BY NAME
SELECT country_no, $code AS country, $title AS title, '' AS region FROM rest_no WHERE EXISTS (FROM pooled);
DELETE FROM wording WHERE starts_with(id, 'region/') AND id NOT IN (SELECT 'region/' || region FROM country);

DROP TABLE score; DROP TABLE score_change; DELETE FROM touched;
INSERT INTO touched SELECT DISTINCT round_no, country_no FROM tally;
DROP TABLE hidden; DROP TABLE hidden_country; DROP TABLE rest_no; DROP TABLE pooled; DROP TABLE told_apart; DROP TABLE lost_tour;
DROP TABLE enough; DROP TABLE enough_matched; DROP TABLE rest_tally; DROP TABLE rest_matched;

-- What is shown of the operations that somebody does not see by name? Nothing, or their sums as one country, which
-- `sums.sql` has made. Their answers go; in their place is one operation that was asked whatever has a sum.

DELETE FROM answer USING hidden AS h WHERE answer.operation_no = h.operation_no;
DELETE FROM short_start USING hidden AS h WHERE short_start.operation_no = h.operation_no;
-- Nobody can decide on what fails in one of many.
UPDATE tally SET n_critical_failed = 0, last_answered_on = NULL, n_inherited = 0, weight_inherited = 0,
    points_inherited = 0
WHERE country_no = (SELECT country_no FROM rest_no);
UPDATE figure_target SET note = NULL, owner_role = NULL WHERE operation_no IS NULL;
DELETE FROM figure_target WHERE operation_no IS NULL AND NOT $means;

CREATE TEMP TABLE pooled AS
SELECT DISTINCT round_no, (SELECT max(profile_no) + 1 FROM operation) AS profile_no, criterion_no
FROM tally SEMI JOIN rest_no USING (country_no);

CREATE OR REPLACE TABLE operation AS
SELECT * FROM operation ANTI JOIN hidden USING (operation_no)
UNION ALL BY NAME
SELECT (SELECT max(operation_no) + 1 FROM operation) AS operation_no, $code AS operation,
    (SELECT country_no FROM rest_no) AS country_no,
    $title AS title, 'rest' AS kind, CAST([] AS VARCHAR[]) AS services,
    (SELECT list(DISTINCT framework ORDER BY framework)
    FROM pooled JOIN criterion USING (criterion_no) JOIN framework USING (framework_no)) AS frameworks,
    (SELECT coalesce(bool_or(synthetic), false) FROM operation) AS synthetic,
    (SELECT any_value(profile_no) FROM pooled) AS profile_no
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
DROP TABLE hidden; DROP TABLE hidden_country; DROP TABLE rest_no; DROP TABLE pooled; DROP TABLE lost_tour;

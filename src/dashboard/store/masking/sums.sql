-- Which sums of the others may somebody see? Those to which enough operations contributed that they do not know from
-- elsewhere: whoever subtracts what they know from a sum is left with the answers of nobody, or of enough operations.

-- A mean of operations needs the sums of each, which would tell what a single one answered.
CREATE TEMP TABLE told_apart AS SELECT criterion_no FROM criterion JOIN framework USING (framework_no)
WHERE country_figure <> 'pooled';
CREATE TEMP TABLE enough AS
SELECT round_no, criterion_no FROM tally JOIN rest_no USING (country_no)
WHERE $means AND NOT known AND n_asked - n_unanswered >= $fewest AND criterion_no NOT IN (FROM told_apart);
DELETE FROM tally USING rest_no AS r
WHERE tally.country_no = r.country_no AND (round_no, criterion_no) NOT IN (FROM enough);
CREATE TEMP TABLE enough_matched AS
SELECT round_no, earlier_no, criterion_no FROM matched JOIN rest_no USING (country_no)
WHERE $means AND NOT known AND n_matched >= $fewest AND criterion_no NOT IN (FROM told_apart);
DELETE FROM matched USING rest_no AS r
WHERE matched.country_no = r.country_no AND (round_no, earlier_no, criterion_no) NOT IN (FROM enough_matched);

-- From here on, the two are one country.
CREATE TEMP TABLE rest_tally AS
SELECT round_no, criterion_no,
    sum(COLUMNS(* EXCLUDE (round_no, country_no, criterion_no, operation_no, last_answered_on)))
FROM tally SEMI JOIN rest_no USING (country_no) GROUP BY round_no, criterion_no;
CREATE TEMP TABLE rest_matched AS
SELECT round_no, earlier_no, criterion_no,
    sum(COLUMNS(* EXCLUDE (round_no, earlier_no, country_no, criterion_no, operation_no)))
FROM matched SEMI JOIN rest_no USING (country_no) GROUP BY round_no, earlier_no, criterion_no;
DELETE FROM tally USING rest_no AS r WHERE tally.country_no = r.country_no;
DELETE FROM matched USING rest_no AS r WHERE matched.country_no = r.country_no;
UPDATE operation SET country_no = (SELECT country_no FROM rest_no WHERE NOT known)
WHERE country_no = (SELECT country_no FROM rest_no WHERE known);
DELETE FROM rest_no WHERE known;
-- Change is left out where somebody answered in one of the two rounds only: the sum of the round minus the matched sum
-- would be theirs.
DELETE FROM rest_matched AS m
WHERE n_matched <> (SELECT n_answered FROM rest_tally AS t
    WHERE t.round_no = m.round_no AND t.criterion_no = m.criterion_no)
    OR n_matched <> (SELECT n_answered FROM rest_tally AS t
        WHERE t.round_no = m.earlier_no AND t.criterion_no = m.criterion_no);
INSERT INTO tally BY NAME SELECT t.*, country_no FROM rest_tally AS t, rest_no;
INSERT INTO matched BY NAME SELECT m.*, country_no FROM rest_matched AS m, rest_no;
DROP TABLE told_apart; DROP TABLE enough; DROP TABLE enough_matched; DROP TABLE rest_tally; DROP TABLE rest_matched;

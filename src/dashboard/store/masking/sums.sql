-- Which sums of the others may somebody see? Those to which enough operations contributed that they do not know from
-- elsewhere: whoever subtracts what they know from a sum is left with the answers of nobody, or of enough operations.

-- A mean of operations needs the sums of each, which would tell what a single one answered.
CREATE TEMP TABLE told_apart AS SELECT criterion_no FROM criterion JOIN framework USING (framework_no)
WHERE country_figure <> 'pooled';
CREATE TEMP TABLE enough AS
SELECT round_no, criterion_no FROM tally JOIN rest_no USING (country_no)
WHERE $means AND NOT known AND n_asked - n_unanswered >= $fewest AND criterion_no NOT IN (FROM told_apart);
-- After operations have ended, too, a sum subtracted from that of the last round shown is that of nobody, or of enough.
CREATE TEMP TABLE ended_since AS
SELECT a.criterion_no, a.round_no AS shown_no, later.round_no, count(*) AS n
FROM answer AS a
JOIN scale USING (status_no)
JOIN operation AS o USING (operation_no)
JOIN rest_no AS r ON r.country_no = o.country_no AND NOT r.known
JOIN round AS ended ON ended.round = o.last_round
JOIN round AS shown ON shown.round_no = a.round_no AND shown.position <= ended.position
JOIN round AS later ON later.position > ended.position
WHERE counts_as <> 'unanswered'
GROUP BY a.criterion_no, a.round_no, later.round_no;
DELETE FROM enough USING (
    WITH RECURSIVE candidate AS (
        SELECT criterion_no, round_no, row_number() OVER (PARTITION BY criterion_no ORDER BY position) AS place
        FROM enough JOIN round USING (round_no)
    ), walk AS (
        SELECT criterion_no, place, round_no, round_no AS shown_no FROM candidate WHERE place = 1
        UNION ALL
        SELECT c.criterion_no, c.place, c.round_no,
            CASE WHEN coalesce(e.n, 0) = 0 OR e.n >= $fewest THEN c.round_no ELSE w.shown_no END
        FROM walk AS w
        JOIN candidate AS c ON c.criterion_no = w.criterion_no AND c.place = w.place + 1
        LEFT JOIN ended_since AS e
            ON e.criterion_no = c.criterion_no AND e.shown_no = w.shown_no AND e.round_no = c.round_no
    )
    FROM walk
) AS w
WHERE enough.criterion_no = w.criterion_no AND enough.round_no = w.round_no AND w.shown_no <> w.round_no;
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
DROP TABLE ended_since; DROP TABLE told_apart; DROP TABLE enough; DROP TABLE enough_matched;
DROP TABLE rest_tally; DROP TABLE rest_matched;

-- Which rounds and countries are folded again? Those that changed, and the round after, which is compared with them. If
-- the head office changed, its whole round: what is unanswered elsewhere would inherit its answers.

DELETE FROM touched;
INSERT INTO touched
WITH changed AS (
    SELECT DISTINCT round_no, country_no FROM renewed JOIN operation USING (operation_no)
    UNION
    -- An operation may have moved: the country it left is folded again too.
    SELECT DISTINCT round_no, country_no FROM tally WHERE $whole
),
next_round AS (
    SELECT round_no, lead(round_no) OVER (PARTITION BY framework_no ORDER BY position) AS later_no
    FROM (
        SELECT DISTINCT framework_no, round_no, position
        FROM asked JOIN criterion USING (criterion_no) JOIN round USING (round_no)
    )
)
SELECT round_no, country_no FROM changed
UNION
SELECT later_no, country_no FROM changed JOIN next_round USING (round_no) WHERE later_no IS NOT NULL
UNION
SELECT round_no, country_no FROM tally
WHERE round_no IN (SELECT round_no FROM renewed JOIN operation USING (operation_no) WHERE kind <> 'operation');
DELETE FROM tally USING touched AS t WHERE tally.round_no = t.round_no AND tally.country_no = t.country_no;
DELETE FROM matched USING touched AS t WHERE matched.round_no = t.round_no AND matched.country_no = t.country_no;
DROP TABLE kept; DROP TABLE renewed; DROP TABLE said; DROP VIEW given;

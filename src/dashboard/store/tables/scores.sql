-- What do tallies say, with all names included? By round, country and criterion; also by operation, where a country's
-- figure is the mean of its operations.

-- The next two are views first, so that they also work over other tallies. Without an operation, the sums are those of
-- the country.
CREATE OR REPLACE VIEW scored AS
SELECT r.round, c.country, c.title AS country_title, c.region, k.framework, k.framework_no, k.area, k.area_no,
    k.area_code,
    k.criterion, k.kind, k.critical, k.risk_areas, k.rights, k.coverage_limit, k.count_below,
    -- Sums of integers would come out wider than a browser reads; as doubles they stay exact far beyond need.
    CAST(COLUMNS(t.* EXCLUDE (round_no, country_no, criterion_no, operation_no, last_answered_on)) AS DOUBLE),
        t.criterion_no,
    t.last_answered_on, p.country_position, o.operation
FROM tally AS t
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN criterion_card AS k USING (criterion_no)
LEFT JOIN operation AS o USING (operation_no)
JOIN (
    SELECT country_no,
        dense_rank() OVER (ORDER BY country = 'GROUP', in_order(region), in_order(title)) AS country_position
    FROM country SEMI JOIN tally USING (country_no)
) AS p USING (country_no);

CREATE TABLE IF NOT EXISTS score AS SELECT * EXCLUDE (operation) FROM scored LIMIT 0;
CREATE OR REPLACE VIEW score_alone AS FROM scored WHERE operation IS NOT NULL;

-- Only what was folded again gets its names again; with other lists or frameworks, that is everything.
CREATE OR REPLACE TEMP VIEW touched_code AS
SELECT round, country FROM touched JOIN round USING (round_no) JOIN country USING (country_no);

DELETE FROM score USING touched_code AS t WHERE score.round = t.round AND score.country = t.country;
-- Nothing else is left under the former code of a country.
DELETE FROM score WHERE country NOT IN (SELECT country FROM country);

INSERT INTO score
SELECT s.* EXCLUDE (operation) FROM scored AS s JOIN round AS r USING (round)
WHERE operation IS NULL AND (s.round, s.country) IN (SELECT (round, country) FROM touched_code)
ORDER BY framework_no, position, country, criterion_no;

CREATE OR REPLACE VIEW scored_change AS
SELECT r.round, c.country, c.title AS country_title, k.framework, k.area, k.criterion, k.kind, k.risk_areas, k.rights,
    k.count_below,
    m.* EXCLUDE (round_no, country_no, operation_no), o.operation
FROM matched AS m
JOIN round AS r USING (round_no)
JOIN country AS c USING (country_no)
JOIN criterion_card AS k USING (criterion_no)
LEFT JOIN operation AS o USING (operation_no);

CREATE TABLE IF NOT EXISTS score_change AS SELECT * EXCLUDE (operation) FROM scored_change LIMIT 0;
CREATE OR REPLACE VIEW score_change_alone AS FROM scored_change WHERE operation IS NOT NULL;

DELETE FROM score_change USING touched_code AS t
WHERE score_change.round = t.round AND score_change.country = t.country;
DELETE FROM score_change WHERE country NOT IN (SELECT country FROM country);

INSERT INTO score_change
SELECT s.* EXCLUDE (operation)
FROM scored_change AS s JOIN round AS r USING (round) JOIN framework AS f USING (framework)
WHERE operation IS NULL AND (s.round, s.country) IN (SELECT (round, country) FROM touched_code)
ORDER BY framework_no, position, country, criterion_no;

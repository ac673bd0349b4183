-- What of a publication may a room see? Names become aliases, and what people wrote is left out; the numbers stay.
-- `alias` holds kind, code, alias and title of whatever is named. Tables that follow are made anew by `score.sql`.

-- A region of one or two countries would name them.
CREATE OR REPLACE TABLE country AS
WITH region AS (
    SELECT c.region, count(DISTINCT c.country) AS n FROM country AS c JOIN operation AS o USING (country_no)
    WHERE c.country <> $never GROUP BY c.region
)
SELECT c.country_no, a.alias AS country, a.title, CASE WHEN r.n >= $fewest THEN c.region ELSE '' END AS region
FROM country AS c JOIN alias AS a ON a.kind = 'country' AND a.code = c.country LEFT JOIN region AS r USING (region);

-- Who joined in which round, and services of a group's own making, tell operations apart.
CREATE OR REPLACE TABLE operation AS
SELECT o.* REPLACE (a.alias AS operation, a.title AS title, CAST(NULL AS VARCHAR) AS first_round, list_intersect(o.services, known.services) AS services)
FROM operation AS o JOIN alias AS a ON a.kind IN ('operation', 'head_office') AND a.code = o.operation
CROSS JOIN (
    SELECT list(DISTINCT service) AS services
    FROM (SELECT unnest(services) AS service FROM setting UNION ALL SELECT unnest(services) FROM criterion)
) AS known;

-- A mark goes by what the answer said then. Two texts that differ differ still, though neither is there any more.
CREATE OR REPLACE TABLE review AS
SELECT v.* REPLACE (
    CASE WHEN v.reviewed_by_role IS NOT NULL THEN $role END AS reviewed_by_role,
    CASE WHEN v.comment IS NOT NULL THEN $left_out END AS comment,
    {status_no: v.said.status_no, evidence: v.said.evidence,
        note: CASE WHEN (v.said.note, v.said.na_reason) IS DISTINCT FROM (a.note, a.na_reason) THEN $left_out END,
        na_reason: CASE WHEN v.said.na_reason IS NOT NULL THEN $left_out END} AS said
)
FROM review AS v LEFT JOIN answer AS a USING (round_no, operation_no, criterion_no);

CREATE OR REPLACE TABLE answer AS
SELECT * REPLACE (
    CAST(NULL AS VARCHAR) AS note, CASE WHEN answered_by_role IS NOT NULL THEN $role END AS answered_by_role,
    CASE WHEN na_reason IS NOT NULL THEN $left_out END AS na_reason
)
FROM answer;

CREATE OR REPLACE TABLE risk_rating AS
SELECT * REPLACE (
    CASE WHEN basis IS NOT NULL THEN $left_out END AS basis, CASE WHEN residual_basis IS NOT NULL THEN $left_out END AS residual_basis,
    CASE WHEN rated_by_role IS NOT NULL THEN $role END AS rated_by_role
)
FROM risk_rating;

CREATE OR REPLACE TABLE opportunity_rating AS
SELECT * REPLACE (
    CASE WHEN basis IS NOT NULL THEN $left_out END AS basis, CASE WHEN rated_by_role IS NOT NULL THEN $role END AS rated_by_role
)
FROM opportunity_rating;

CREATE OR REPLACE TABLE action AS
SELECT t.* REPLACE (
    a.alias AS action, a.title AS text, CASE WHEN t.owner_role IS NOT NULL THEN $role END AS owner_role,
    CASE WHEN t.reason IS NOT NULL THEN $left_out END AS reason
)
FROM action AS t JOIN alias AS a ON a.kind = 'action' AND a.code = t.action;

-- Outside facts name a country by their numbers, and problems and the files of the library quote what was handed in.
DELETE FROM context; DELETE FROM indicator; DELETE FROM problem; DELETE FROM library;

-- Change, too, is shown from so many matched answers on.
UPDATE framework SET count_below = $fewest WHERE count_below < $fewest;

DROP TABLE score; DROP TABLE score_change; DELETE FROM touched;
INSERT INTO touched SELECT DISTINCT round_no, country_no FROM tally;

-- Which countries and operations of this load had another code, and is it theirs alone? What is said under a code must
-- lead to one thing only, now and later; `wrong` says why a claim is not accepted, and `other` what is in its way.

CREATE TEMP TABLE former_claim AS
WITH staged AS (
    SELECT 'countries' AS form, rowid AS row_id, country AS code, {{ split('formerly') }} AS formerly
    FROM staged_countries
    UNION ALL
    SELECT 'operations', rowid, operation, {{ split('formerly') }} FROM staged_operations
), claimed AS (
    SELECT form, row_id, code, unnest(formerly) AS former FROM staged
), stored AS (
    SELECT 'countries' AS form, country AS code, formerly FROM country
    UNION ALL
    SELECT 'operations', operation, formerly FROM operation
), had AS (
    SELECT form, code, unnest(formerly) AS former FROM stored
), every AS (
    SELECT form, former, min(code) AS first_code, max(code) AS last_code
    FROM (FROM had UNION ALL SELECT form, code, former FROM claimed) GROUP BY form, former
)
SELECT c.*, CASE
    WHEN e.first_code <> e.last_code THEN 'former_twice'
    WHEN c.former = c.code OR named.code IS NOT NULL THEN 'former_in_use'
    -- Two that are both known have both said something: they are not one.
    WHEN was.code IS NOT NULL AND now.code IS NOT NULL THEN 'former_in_use'
END AS wrong, nullif(if(e.first_code = c.code, e.last_code, e.first_code), c.code) AS other
FROM claimed AS c
JOIN every AS e USING (form, former)
LEFT JOIN (SELECT DISTINCT form, code FROM staged) AS named ON named.form = c.form AND named.code = c.former
LEFT JOIN stored AS was ON was.form = c.form AND was.code = c.former
LEFT JOIN stored AS now ON now.form = c.form AND now.code = c.code;

INSERT INTO former_names
SELECT if(form = 'countries', 'country', 'operation'), former, code FROM former_claim WHERE wrong IS NULL
UNION
SELECT 'country', unnest(formerly), country FROM country
UNION
SELECT 'operation', unnest(formerly), operation FROM operation;

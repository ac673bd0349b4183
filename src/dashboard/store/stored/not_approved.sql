-- What takes part in a round and is not approved? Codes of operations, of countries in which several are asked, and
-- that of the group.
WITH asked_in AS (
    SELECT DISTINCT round_no, o.operation_no, o.operation, o.country_no, o.kind
    FROM asked JOIN operation AS o USING (profile_no) JOIN round USING (round_no)
    WHERE round = $round AND o.kind <> 'rest'
),
level AS (
    SELECT round_no, operation_no, CAST(NULL AS SMALLINT) AS country_no, operation AS place, 1 AS position FROM asked_in
    UNION ALL
    SELECT round_no, NULL, country_no, country, 2 FROM asked_in JOIN country USING (country_no)
    WHERE kind = 'operation' GROUP BY round_no, country_no, country HAVING count(*) > 1
    UNION ALL
    SELECT DISTINCT round_no, NULL, NULL, 'GROUP', 3 FROM asked_in
)
SELECT place FROM level AS l
ANTI JOIN (FROM approval WHERE state = 'approved') AS k
    ON (k.round_no, k.operation_no, k.country_no) IS NOT DISTINCT FROM (l.round_no, l.operation_no, l.country_no)
ORDER BY position, place;

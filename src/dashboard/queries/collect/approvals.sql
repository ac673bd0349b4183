-- Who has signed the round? One row per operation that is asked, per country in which several are, and for the group,
-- which signs last and comes first.
WITH asked_in AS (
    SELECT DISTINCT r.round_no, r.round, o.operation_no, o.operation, o.title, o.country_no, o.kind
    FROM asked AS a
    JOIN operation AS o USING (profile_no)
    JOIN round AS r USING (round_no)
    WHERE r.round = $round AND o.kind IN ('operation', 'group')
),
level AS (
    SELECT round_no, round, a.operation_no, CAST(NULL AS SMALLINT) AS country_no, a.operation, '' AS country,
        n.title, a.country_no AS within, 1 AS position
    FROM asked_in AS a JOIN named_operation AS n USING (operation_no)
    UNION ALL
    SELECT round_no, round, NULL, country_no, '', c.country, c.title, NULL, 2
    FROM asked_in JOIN country AS c USING (country_no) WHERE kind = 'operation'
    GROUP BY round_no, round, country_no, c.country, c.title HAVING count(*) > 1
    UNION ALL
    SELECT DISTINCT round_no, round, NULL, NULL, '', '', '', NULL, 3 FROM asked_in
),
word AS (
    SELECT l.*, k.state, k.role, k.note, k.said_on, k.step, k.figures
    FROM level AS l
    LEFT JOIN approval AS k
        ON (k.round_no, k.operation_no, k.country_no) IS NOT DISTINCT FROM (l.round_no, l.operation_no, l.country_no)
)
SELECT w.round, w.operation, w.country, coalesce(c.country, w.country) AS within, w.title, w.state, w.role, w.note,
    w.said_on, w.step, w.figures,
    (SELECT count(*) FROM word AS b WHERE b.position < w.position AND b.state IS DISTINCT FROM 'approved'
        AND (w.position = 3 OR b.within = w.country_no)) AS n_missing
FROM word AS w LEFT JOIN country AS c ON c.country_no = w.within
ORDER BY w.position DESC, in_order(w.title), w.operation, w.country;

-- What do the sound approvals of this load say, of what, and what was said before? `again` is one that only repeats it.
CREATE TEMP VIEW word AS
SELECT s.row_id, s.state, s.role, s.note, s.said_on, r.round, r.round_no, o.operation, o.operation_no, n.country,
    n.country_no, coalesce(o.operation, n.country) AS place, k.state AS was, k.said_on AS was_on,
    k.round_no IS NOT NULL
        AND row({{ stored('approvals', 'k') }}) IS NOT DISTINCT FROM row({{ cast('approvals', 's') }}) AS again
FROM sound_approvals AS s
JOIN round AS r ON r.round = s.round
LEFT JOIN operation AS o ON o.operation = s.operation
LEFT JOIN country AS n ON n.country = s.country
LEFT JOIN approval AS k ON k.round_no = r.round_no AND k.operation_no IS NOT DISTINCT FROM o.operation_no
    AND k.country_no IS NOT DISTINCT FROM n.country_no;

-- Who takes part in these rounds? Operations that are asked, and countries in which several are.
CREATE TEMP TABLE taking_part AS
WITH asked_in AS (
    SELECT DISTINCT round_no, o.operation_no, o.operation, o.country_no, o.kind
    FROM asked JOIN operation AS o USING (profile_no)
    WHERE round_no IN (SELECT round_no FROM round JOIN staged_approvals USING (round))
)
SELECT round_no, operation_no, CAST(NULL AS SMALLINT) AS country_no, country_no AS within, operation AS place
FROM asked_in
UNION ALL
SELECT round_no, NULL, country_no, NULL, country FROM asked_in JOIN country USING (country_no)
WHERE kind = 'operation' GROUP BY round_no, country_no, country HAVING count(*) > 1;

-- Who has not approved yet, as of this load?
CREATE TEMP VIEW not_approved AS
SELECT t.* FROM taking_part AS t
LEFT JOIN word AS w ON w.round_no = t.round_no AND w.operation_no IS NOT DISTINCT FROM t.operation_no
    AND w.country_no IS NOT DISTINCT FROM t.country_no
LEFT JOIN approval AS k ON k.round_no = t.round_no AND k.operation_no IS NOT DISTINCT FROM t.operation_no
    AND k.country_no IS NOT DISTINCT FROM t.country_no
WHERE coalesce(w.state, k.state, '') <> 'approved';

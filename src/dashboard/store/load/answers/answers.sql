-- What happens to the answers? Given ones replace kept ones, which replace unanswered; `lay` then writes them, round by
-- round. In a closed round, and of what is approved, nothing is given: sound rows only repeat what is kept. `whole`
-- says that the lists or the frameworks changed, so that every round and country is written again.

CREATE TEMP VIEW given AS
SELECT s.row_id, r.round_no, o.operation_no, c.criterion_no, sc.status_no,
    {{ typed('answers', 's') }},
    CASE WHEN sc.counts_as <> 'unanswered' THEN v.version_no END AS version_no
FROM sound_answers AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
ANTI JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion = s.criterion
JOIN scale AS sc ON sc.scale_no = c.scale_no AND sc.status = s.status
JOIN asked_version AS v
    ON v.round_no = r.round_no AND v.framework_no = c.framework_no AND v.said = coalesce(s.framework_version, '');

-- One row per round and operation with a bit per criterion instead of a row per answer: 77 thousand rows for 10
-- million.
SET VARIABLE last_criterion = (SELECT coalesce(max(criterion_no), 1) FROM criterion);
CREATE TEMP TABLE said AS
SELECT round_no, operation_no, bitstring_agg(criterion_no, 0, getvariable('last_criterion')) AS criteria,
    min(row_id) AS first_row, max(row_id) AS last_row
FROM given GROUP BY round_no, operation_no;

CREATE TEMP TABLE renewed AS
SELECT round_no, operation_no FROM said
UNION
SELECT DISTINCT round_no, operation_no FROM asked JOIN operation USING (profile_no) WHERE $whole
UNION
SELECT DISTINCT round_no, operation_no FROM answer WHERE $whole;

CREATE TEMP TABLE kept AS
SELECT k.*
FROM answer AS k
JOIN renewed AS n ON n.round_no = k.round_no AND n.operation_no = k.operation_no
JOIN operation AS o ON o.operation_no = k.operation_no
SEMI JOIN asked AS a ON a.round_no = k.round_no AND a.profile_no = o.profile_no AND a.criterion_no = k.criterion_no
LEFT JOIN said AS s ON s.round_no = k.round_no AND s.operation_no = k.operation_no
WHERE s.criteria IS NULL OR get_bit(s.criteria, k.criterion_no) = 0;

-- What is replaced: a fingerprint is enough to see whether anybody said anything new.
CREATE TEMP TABLE replaced AS
SELECT f.round_no, f.operation_no, f.criterion_no, f.status_no, f.evidence, f.answered_by_role, f.answered_on, f.step,
    f.version_no, hash(f.status_no, {{ stored('answers', 'f', 'evidence') }}) AS said
FROM answer AS f
JOIN said AS s ON s.round_no = f.round_no AND s.operation_no = f.operation_no
WHERE get_bit(s.criteria, f.criterion_no) = 1;

DELETE FROM answer USING renewed AS n WHERE answer.round_no = n.round_no AND answer.operation_no = n.operation_no;

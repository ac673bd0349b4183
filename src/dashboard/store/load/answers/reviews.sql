-- What happens to the reviews? The last one of an answer counts, and keeps what the answer said: as its row states,
-- else as the answer is now. A row that is imported again unchanged keeps what it had, otherwise publishing would renew
-- its mark.

CREATE TEMP TABLE given_review AS
SELECT a.round_no, a.operation_no, a.criterion_no, {{ typed('reviews', 's') }},
    CASE
        WHEN s.reviewed_status IS NOT NULL THEN {
            status_no: sc.status_no,
            evidence: evidence_level(s.reviewed_evidence),
            note: s.reviewed_note, na_reason: s.reviewed_reason
        }
        WHEN row({{ stored('reviews', 'v') }})
            IS NOT DISTINCT FROM row({{ cast('reviews', 's') }}) THEN v.said
        ELSE {status_no: a.status_no, evidence: a.evidence, note: a.note, na_reason: a.na_reason}
    END AS said,
    CASE WHEN v.step IS NOT NULL AND row({{ stored('reviews', 'v') }})
        IS NOT DISTINCT FROM row({{ cast('reviews', 's') }})
        THEN v.step ELSE $step END AS step
FROM sound_reviews AS s
JOIN round AS r USING (round)
JOIN operation AS o USING (operation)
JOIN criterion AS c USING (criterion)
JOIN answer AS a ON a.round_no = r.round_no AND a.operation_no = o.operation_no AND a.criterion_no = c.criterion_no
LEFT JOIN scale AS sc ON sc.scale_no = c.scale_no AND sc.status = s.reviewed_status
LEFT JOIN review AS v
    ON v.round_no = a.round_no AND v.operation_no = a.operation_no AND v.criterion_no = a.criterion_no;

INSERT INTO answer_log
SELECT v.round_no, v.operation_no, v.criterion_no, v.step, v.verdict, v.said.status_no, v.said.evidence,
    v.reviewed_by_role, v.reviewed_on
FROM review AS v JOIN given_review AS g USING (round_no, operation_no, criterion_no)
WHERE g.step IS DISTINCT FROM v.step;

DELETE FROM review USING given_review AS g
WHERE review.round_no = g.round_no AND review.operation_no = g.operation_no AND review.criterion_no = g.criterion_no;
INSERT INTO review BY NAME FROM given_review ORDER BY round_no, operation_no, criterion_no;
DROP TABLE given_review;

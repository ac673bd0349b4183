-- One answer as the tally it makes alone, from which an operation's own figures are summed. The head office's answers
-- are not looked up, so nothing is inherited.
CREATE OR REPLACE VIEW counted AS
SELECT a.round_no, a.operation_no, a.criterion_no, a.answered_on, a.evidence, s.status, s.title AS status_title,
    s.counts_as,
    s.value, a.note, a.na_reason,
    CAST(1 AS DOUBLE) AS n_asked,
    CAST(counts_as <> 'not_applicable' AS DOUBLE) AS n_applicable,
    CAST(counts_as = 'answered' AS DOUBLE) AS n_answered,
    CAST(counts_as = 'not_applicable' AS DOUBLE) AS n_not_applicable,
    CAST(counts_as = 'not_known' AS DOUBLE) AS n_not_known,
    CAST(counts_as = 'unanswered' AS DOUBLE) AS n_unanswered,
    CAST(coalesce(value = 1, false) AS DOUBLE) AS n_full,
    CAST(coalesce(value > 0 AND value < 1, false) AS DOUBLE) AS n_part,
    CAST(coalesce(value = 0, false) AS DOUBLE) AS n_nil,
    CAST(coalesce(value = 0, false) AND k.critical AS DOUBLE) AS n_critical_failed,
    CAST(counts_as = 'answered' AND coalesce(evidence = 0, false) AS DOUBLE) AS n_evidence_none,
    CAST(counts_as = 'answered' AND coalesce(evidence = 1, false) AS DOUBLE) AS n_evidence_self,
    CAST(counts_as = 'answered' AND coalesce(evidence = 2, false) AS DOUBLE) AS n_evidence_seen,
    CAST(counts_as = 'answered' AND coalesce(evidence = 3, false) AS DOUBLE) AS n_evidence_checked,
    CAST(0 AS DOUBLE) AS n_started,
    CASE WHEN counts_as <> 'not_applicable' THEN weight ELSE 0 END AS weight_applicable,
    CASE WHEN counts_as = 'answered' THEN weight ELSE 0 END AS weight_answered,
    coalesce(value * weight, 0) AS points,
    CASE WHEN counts_as = 'answered' AND evidence >= 2 THEN weight ELSE 0 END AS weight_seen,
    CASE WHEN evidence >= 2 THEN coalesce(value * weight, 0) ELSE 0 END AS points_seen,
    CAST(coalesce(value = 1 AND evidence >= 2, false) AS DOUBLE) AS n_full_seen,
    CAST(coalesce(value > 0 AND value < 1 AND evidence >= 2, false) AS DOUBLE) AS n_part_seen,
    coalesce(value, 0) AS points_equal,
    CASE WHEN value = 1 THEN weight ELSE 0 END AS weight_full,
    CASE WHEN value > 0 AND value < 1 THEN weight ELSE 0 END AS weight_part,
    CASE WHEN value = 0 THEN weight ELSE 0 END AS weight_nil,
    CAST(0 AS DOUBLE) AS n_inherited, CAST(0 AS DOUBLE) AS weight_inherited, CAST(0 AS DOUBLE) AS points_inherited
FROM answer AS a JOIN scale AS s USING (status_no) JOIN criterion AS k USING (criterion_no);

-- What a second role said about answers, and whether it is still valid: an answer that has changed since has lost its
-- mark.
CREATE OR REPLACE VIEW reviewed AS
SELECT *, CASE WHEN NOT changed THEN verdict WHEN verdict = 'asked_back' THEN 'answered_back' ELSE 'changed' END AS mark
FROM (
    SELECT v.*, v.said
        IS DISTINCT FROM {status_no: a.status_no, evidence: a.evidence, note: a.note, na_reason: a.na_reason} AS changed
    FROM review AS v JOIN answer AS a USING (round_no, operation_no, criterion_no)
);

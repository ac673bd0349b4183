-- How do answers fold into tallies? (portable subset: CTE, CASE, FILTER, GROUP BY by name, USING; runs on SQLite too)
-- Only the rounds and countries in `touched` are folded; the caller has emptied them and also lists the round after a
-- changed one, since its change is measured from there. If the head office has changed, all countries are listed.

INSERT INTO tally
-- Of a short start, only what failed counts: `n` leaves it out, `n_said` does not.
WITH short AS (SELECT round_no AS short_no, operation_no AS short_operation FROM short_start),
alike AS (
    SELECT round_no, country_no, criterion_no, CAST(NULL AS INTEGER) AS operation_no, status_no, evidence, kind AS who,
        count(*) - count(short_no) AS n, count(*) AS n_said,
        max(answered_on) AS last_answered_on
    FROM answer
    LEFT JOIN short ON short_no = answer.round_no AND short_operation = answer.operation_no
    JOIN operation USING (operation_no)
    JOIN touched USING (round_no, country_no)
    GROUP BY round_no, country_no, criterion_no, status_no, evidence, who
    UNION ALL
    -- Where a country's figure is the mean of its operations or groups, each of them again alone.
    SELECT
        round_no, country_no, criterion_no,
        CASE country_figure WHEN 'mean of groups' THEN first_no ELSE operation_no END,
        status_no, evidence, counted_with.kind, CASE WHEN short_no IS NULL THEN 1 ELSE 0 END, 1, answered_on
    FROM answer
    LEFT JOIN short ON short_no = answer.round_no AND short_operation = answer.operation_no
    JOIN counted_with USING (operation_no)
    JOIN touched USING (round_no, country_no)
    JOIN criterion USING (criterion_no)
    JOIN framework USING (framework_no)
    WHERE country_figure <> 'pooled'
),
-- What an operation without an answer would inherit: the head office's answer, the weakest if there are several.
head_office AS (
    SELECT round_no AS of_round, criterion_no AS of_criterion, min(value) AS inherited
    FROM answer
    JOIN operation USING (operation_no)
    JOIN scale USING (status_no)
    WHERE kind <> 'operation' AND counts_as = 'answered' AND round_no IN (SELECT round_no FROM touched)
    GROUP BY of_round, of_criterion
),
-- On its own, because engines disagree on what a column that two tables share is called in a condition.
weighed AS (
    SELECT round_no, country_no, criterion_no, operation_no, who, evidence, n, n_said, last_answered_on, counts_as,
        value, weight, critical
    FROM alike
    JOIN scale USING (status_no)
    JOIN criterion USING (criterion_no)
)
SELECT
    round_no, country_no, criterion_no, operation_no,
    sum(n) AS n_asked,
    coalesce(sum(n) FILTER (WHERE counts_as <> 'not_applicable'), 0) AS n_applicable,
    coalesce(sum(n) FILTER (WHERE counts_as = 'answered'), 0) AS n_answered,
    coalesce(sum(n) FILTER (WHERE counts_as = 'not_applicable'), 0) AS n_not_applicable,
    coalesce(sum(n) FILTER (WHERE counts_as = 'not_known'), 0) AS n_not_known,
    coalesce(sum(n) FILTER (WHERE counts_as = 'unanswered'), 0) AS n_unanswered,
    coalesce(sum(n) FILTER (WHERE value = 1), 0) AS n_full,
    coalesce(sum(n) FILTER (WHERE value > 0 AND value < 1), 0) AS n_part,
    coalesce(sum(n) FILTER (WHERE value = 0), 0) AS n_nil,
    coalesce(sum(n_said) FILTER (WHERE value = 0 AND critical), 0) AS n_critical_failed,
    coalesce(sum(n) FILTER (WHERE counts_as = 'answered' AND evidence = 0), 0) AS n_evidence_none,
    coalesce(sum(n) FILTER (WHERE counts_as = 'answered' AND evidence = 1), 0) AS n_evidence_self,
    coalesce(sum(n) FILTER (WHERE counts_as = 'answered' AND evidence = 2), 0) AS n_evidence_seen,
    coalesce(sum(n) FILTER (WHERE counts_as = 'answered' AND evidence = 3), 0) AS n_evidence_checked,
    sum(n_said) - sum(n) AS n_started,
    -- Not applicable is excluded from numerator and denominator; not known and unanswered stay applicable.
    coalesce(sum(CASE WHEN counts_as <> 'not_applicable' THEN n * weight END), 0) AS weight_applicable,
    coalesce(sum(CASE WHEN counts_as = 'answered' THEN n * weight END), 0) AS weight_answered,
    coalesce(sum(n * value * weight), 0) AS points,
    coalesce(sum(CASE WHEN counts_as = 'answered' AND evidence >= 2 THEN n * weight END), 0) AS weight_seen,
    coalesce(sum(CASE WHEN evidence >= 2 THEN n * value * weight END), 0) AS points_seen,
    coalesce(sum(n) FILTER (WHERE value = 1 AND evidence >= 2), 0) AS n_full_seen,
    coalesce(sum(n) FILTER (WHERE value > 0 AND value < 1 AND evidence >= 2), 0) AS n_part_seen,
    coalesce(sum(n * value), 0) AS points_equal,
    coalesce(sum(CASE WHEN value = 1 THEN n * weight END), 0) AS weight_full,
    coalesce(sum(CASE WHEN value > 0 AND value < 1 THEN n * weight END), 0) AS weight_part,
    coalesce(sum(CASE WHEN value = 0 THEN n * weight END), 0) AS weight_nil,
    -- Nothing inherited counts as an answer, and the head office inherits nothing from itself.
    coalesce(sum(n) FILTER (WHERE inherited IS NOT NULL), 0) AS n_inherited,
    coalesce(sum(CASE WHEN inherited IS NOT NULL THEN n * weight END), 0) AS weight_inherited,
    coalesce(sum(n * inherited * weight), 0) AS points_inherited,
    max(last_answered_on) AS last_answered_on
FROM weighed
LEFT JOIN head_office
    ON of_round = round_no AND of_criterion = criterion_no AND who = 'operation' AND counts_as
    IN ('not_known', 'unanswered')
GROUP BY round_no, country_no, criterion_no, operation_no;

-- Change is measured on matched answers only: the same operation and criterion, answered in this round and the one
-- before, in neither as a short start.
INSERT INTO matched
WITH short AS (SELECT round_no AS short_no, operation_no AS short_operation FROM short_start),
asked_in AS (
    SELECT DISTINCT framework_no, round_no, position
    FROM tally JOIN criterion USING (criterion_no) JOIN round USING (round_no)
),
-- The round before is the framework's own: rounds of another standard in between make no difference.
neighbour AS (
    SELECT framework_no, round_no, lag(round_no) OVER (PARTITION BY framework_no ORDER BY position) AS earlier_no
    FROM asked_in
),
-- One key for round, operation and criterion: joined by each, engines pair every round with every other before they
-- choose.
valued AS (
    SELECT round_no, operation_no, criterion_no, version_no, value,
        (CAST(operation_no AS BIGINT) * 32768 + criterion_no) * 32768 + round_no AS answer_key
    FROM answer LEFT JOIN short ON short_no = answer.round_no AND short_operation = answer.operation_no
    JOIN scale USING (status_no) JOIN operation USING (operation_no)
    WHERE short_no IS NULL AND counts_as = 'answered' AND country_no IN (SELECT country_no FROM touched)
),
folded AS (
    SELECT
        now.round_no, neighbour.earlier_no, touched.country_no, now.criterion_no, now.version_no,
        earlier.version_no AS earlier_version_no,
        CASE country_figure WHEN 'mean of operations' THEN now.operation_no WHEN 'mean of groups'
            THEN first_no END AS alone,
        count(*) AS n_matched,
        count(*) FILTER (WHERE now.value > earlier.value) AS n_better,
        count(*) FILTER (WHERE now.value < earlier.value) AS n_worse,
        sum(weight) AS weight_matched,
        sum(now.value * weight) AS points_now,
        sum(earlier.value * weight) AS points_earlier
    FROM valued AS now
    JOIN criterion ON criterion.criterion_no = now.criterion_no
    JOIN framework ON framework.framework_no = criterion.framework_no
    JOIN neighbour ON neighbour.round_no = now.round_no AND neighbour.framework_no = criterion.framework_no
    JOIN valued AS earlier ON earlier.answer_key = now.answer_key - now.round_no + neighbour.earlier_no
    JOIN operation ON operation.operation_no = now.operation_no
    JOIN counted_with ON counted_with.operation_no = now.operation_no
    JOIN touched ON touched.round_no = now.round_no AND touched.country_no = operation.country_no
    GROUP BY
        now.round_no, neighbour.earlier_no, touched.country_no, now.criterion_no, now.version_no, earlier.version_no,
        alone
),
-- Answers to an older and to the current wording answer two questions; wordings are identified by the version that
-- ended them.
alike AS (
    SELECT folded.*
    FROM folded
    LEFT JOIN old_words AS still ON still.version_no = folded.version_no AND still.criterion_no = folded.criterion_no
    LEFT JOIN old_words AS was ON was.version_no = folded.earlier_version_no AND was.criterion_no = folded.criterion_no
    WHERE coalesce(was.until, '') = coalesce(still.until, '')
)
SELECT
    round_no, earlier_no, country_no, criterion_no, CAST(NULL AS INTEGER), sum(n_matched), sum(n_better), sum(n_worse),
    sum(weight_matched), sum(points_now), sum(points_earlier)
FROM alike
GROUP BY round_no, earlier_no, country_no, criterion_no
UNION ALL
SELECT
    round_no, earlier_no, country_no, criterion_no, alone, sum(n_matched), sum(n_better), sum(n_worse),
    sum(weight_matched),
    sum(points_now), sum(points_earlier)
FROM alike
WHERE alone IS NOT NULL
GROUP BY round_no, earlier_no, country_no, criterion_no, alone;

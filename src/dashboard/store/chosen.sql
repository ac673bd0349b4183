-- What do the filters keep? Every page reads figures through these, so that no page can filter in its own way.
-- A criterion that serves several risk areas is kept once: a filter picks a set of criteria.

CREATE OR REPLACE MACRO chosen(framework_id, round_id, country_ids, principle_ids, risk_area_ids, right_ids, criterion_ids) AS TABLE
FROM score
WHERE framework = framework_id AND round = round_id AND kept(country_ids, country) AND kept(principle_ids, area)
    AND kept_any(risk_area_ids, risk_areas) AND kept_any(right_ids, rights) AND kept(criterion_ids, criterion);

CREATE OR REPLACE MACRO chosen_matched(framework_id, round_id, country_ids, principle_ids, risk_area_ids, right_ids, criterion_ids) AS TABLE
FROM score_change
WHERE framework = framework_id AND round = round_id AND kept(country_ids, country) AND kept(principle_ids, area)
    AND kept_any(risk_area_ids, risk_areas) AND kept_any(right_ids, rights) AND kept(criterion_ids, criterion);

CREATE OR REPLACE MACRO chosen_criteria(framework_id, principle_ids, risk_area_ids, right_ids) AS TABLE
FROM criterion_card
WHERE framework = framework_id AND kept(principle_ids, area) AND kept_any(risk_area_ids, risk_areas) AND kept_any(right_ids, rights);

-- One answer as the tally it makes alone: what an operation's own figures are summed from.
CREATE OR REPLACE VIEW counted AS
SELECT a.round_no, a.operation_no, a.criterion_no, a.answered_on, a.evidence, s.status, s.title AS status_title, s.counts_as,
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
    CASE WHEN counts_as <> 'not_applicable' THEN weight ELSE 0 END AS weight_applicable,
    CASE WHEN counts_as = 'answered' THEN weight ELSE 0 END AS weight_answered,
    coalesce(value * weight, 0) AS points
FROM answer AS a JOIN scale AS s USING (status_no) JOIN criterion AS k USING (criterion_no);

-- What is set against each other, criterion by criterion: an operation's answers, or the tallies of each of the
-- countries that a region or the group is the mean of (`unit`): all of them, whatever countries the bar keeps to. A subject may name its own round: `gha-op@2024`.
CREATE OR REPLACE MACRO compared(framework_id, round_id, subject_codes, principle_ids, risk_area_ids, right_ids, criterion_ids) AS TABLE
WITH picked AS (
    SELECT code AS subject, position, split_part(code, '@', 1) AS base,
        CASE WHEN contains(code, '@') THEN split_part(code, '@', 2) ELSE round_id END AS round
    FROM (SELECT unnest(subject_codes) AS code, generate_subscripts(subject_codes, 1) AS position)
),
wanted AS (
    SELECT criterion_no, criterion, area, area_no, area_code, kind, critical, weight, coverage_limit, count_below, framework_no
    FROM criterion_card
    WHERE framework = framework_id AND kept(principle_ids, area) AND kept_any(risk_area_ids, risk_areas) AND kept_any(right_ids, rights)
        AND kept(criterion_ids, criterion)
)
SELECT p.subject, p.position, p.round, 'countries' AS made_of, s.country AS unit, k.*, n_asked, n_applicable, n_answered,
    n_not_applicable, n_not_known, n_unanswered, n_full, n_part, n_nil, n_critical_failed, n_evidence_none,
    n_evidence_self, n_evidence_seen, n_evidence_checked, weight_applicable, weight_answered, points,
    last_answered_on AS answered_on, NULL AS counts_as, NULL AS status_title, NULL AS evidence, NULL AS note
FROM picked AS p
JOIN subject_country AS m ON m.subject = p.base
JOIN score AS s ON s.country = m.country AND s.round = p.round
JOIN wanted AS k USING (criterion_no)
UNION ALL
SELECT p.subject, p.position, p.round, 'answers', o.operation, k.*, n_asked, n_applicable, n_answered,
    n_not_applicable, n_not_known, n_unanswered, n_full, n_part, n_nil, n_critical_failed, n_evidence_none,
    n_evidence_self, n_evidence_seen, n_evidence_checked, weight_applicable, weight_answered, points,
    answered_on, counts_as, status_title, evidence, coalesce(note, na_reason)
FROM picked AS p
JOIN operation AS o ON o.operation = p.base
JOIN round AS r ON r.round = p.round
JOIN counted AS c ON c.operation_no = o.operation_no AND c.round_no = r.round_no
JOIN wanted AS k USING (criterion_no);

-- The same as figures, read by a facet: `all`, `principle`, `risk_area` or `right`. A subject of several units is the
-- mean of those that have enough answers, as everywhere.
CREATE OR REPLACE MACRO compared_figures(framework_id, round_id, subject_codes, principle_ids, risk_area_ids, right_ids, criterion_ids, facet_name, kind_name) AS TABLE
WITH units AS (
    SELECT subject, position, round, unit, code, code_position, any_value(framework_no) AS framework_no,
        any_value(coverage_limit) AS coverage_limit, any_value(count_below) AS count_below,
        sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil, sum(n_critical_failed) AS n_critical_failed,
        sum(n_evidence_self) AS n_self, sum(n_evidence_seen + n_evidence_checked) AS n_seen,
        min(answered_on) FILTER (WHERE n_answered > 0) AS first_answered_on, max(answered_on) AS last_answered_on,
        sum(weight_applicable) AS weight_applicable, sum(weight_answered) AS weight_answered, sum(points) AS points
    FROM compared(framework_id, round_id, subject_codes, principle_ids, risk_area_ids, right_ids, criterion_ids)
    JOIN criterion_facet USING (criterion_no)
    WHERE facet = facet_name AND kind = kind_name
    GROUP BY subject, position, round, unit, code, code_position
),
read AS (
    SELECT *, score_of(points, weight_answered) AS score, low_of(points, weight_applicable) AS low_share,
        high_of(points, weight_answered, weight_applicable) AS high_share,
        reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS unit_reading
    FROM units
)
SELECT subject, position, round, code, code_position, any_value(framework_no) AS framework_no,
    any_value(coverage_limit) AS coverage_limit, any_value(count_below) AS count_below, count(*) AS n_units,
    count(*) FILTER (WHERE unit_reading IN ('score', 'count')) AS n_shown,
    whole_percent(avg(score) FILTER (WHERE unit_reading IN ('score', 'count'))) AS percent,
    whole_percent(min(score) FILTER (WHERE unit_reading IN ('score', 'count'))) AS lowest,
    whole_percent(max(score) FILTER (WHERE unit_reading IN ('score', 'count'))) AS highest,
    whole_percent(avg(low_share)) AS low, whole_percent(avg(high_share)) AS high,
    CASE
        WHEN count(*) FILTER (WHERE unit_reading = 'score') > 0 THEN 'score'
        WHEN count(*) FILTER (WHERE unit_reading = 'count') > 0 THEN 'count'
        WHEN sum(n_answered) > 0 THEN 'too_few'
        ELSE reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit),
            any_value(count_below))
    END AS reading,
    sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
    sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered,
    sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil, sum(n_critical_failed) AS n_critical_failed,
    sum(points) AS points, sum(weight_answered) AS weight_answered, sum(n_self) AS n_self, sum(n_seen) AS n_seen, min(first_answered_on) AS first_answered_on,
    max(last_answered_on) AS last_answered_on
FROM read
GROUP BY subject, position, round, code, code_position;

-- How one answer moved between two rounds. Only answers to the same words are compared. `who` is the country, or the
-- operation where a country has several.
CREATE OR REPLACE MACRO moved_answers(framework_id, round_id, earlier_id, country_ids, principle_ids, risk_area_ids, right_ids) AS TABLE
WITH wanted AS (FROM chosen_criteria(framework_id, principle_ids, risk_area_ids, right_ids)),
-- Codes alone are paired: of millions of answers, names and notes are needed for few.
paired AS (
    SELECT operation_no, criterion_no, n.status_no AS now_no, e.status_no AS was_no, n.version_no AS now_version_no,
        e.version_no AS was_version_no
    FROM (
        SELECT operation_no, criterion_no, status_no, version_no FROM answer SEMI JOIN wanted USING (criterion_no)
        WHERE round_no = (SELECT round_no FROM round WHERE round = round_id)
    ) AS n
    FULL JOIN (
        SELECT operation_no, criterion_no, status_no, version_no FROM answer SEMI JOIN wanted USING (criterion_no)
        WHERE round_no = (SELECT round_no FROM round WHERE round = earlier_id)
    ) AS e USING (operation_no, criterion_no)
),
read AS (
    SELECT p.*, n.counts_as AS now_as, e.counts_as AS was_as, n.title AS now_title, e.title AS was_title,
        n.value AS now_value, e.value AS was_value, n.value * k.weight AS now_points, e.value * k.weight AS was_points,
        CASE WHEN n.counts_as = 'answered' THEN k.weight END AS now_weight,
        CASE WHEN e.counts_as = 'answered' THEN k.weight END AS was_weight, k.criterion, k.area, k.area_code, k.kind,
        k.critical, k.weight, k.count_below, k.coverage_limit, coalesce(ow.until, nw.until) AS reworded_in,
        -- Where nobody has answered, no words were answered.
        now_version_no IS NOT NULL AND was_version_no IS NOT NULL AND coalesce(nw.until, '') <> coalesce(ow.until, '') AS reworded
    FROM paired AS p
    JOIN wanted AS k USING (criterion_no)
    LEFT JOIN scale AS n ON n.status_no = now_no
    LEFT JOIN scale AS e ON e.status_no = was_no
    LEFT JOIN old_words AS nw ON nw.version_no = now_version_no AND nw.criterion_no = p.criterion_no
    LEFT JOIN old_words AS ow ON ow.version_no = was_version_no AND ow.criterion_no = p.criterion_no
)
SELECT o.operation, o.title AS operation_title, c.country, c.title AS country_title,
    CASE WHEN n_in_country = 1 THEN c.title ELSE o.title END AS who, country_position, p.* EXCLUDE (reworded),
    CASE
        WHEN was_as IS NULL THEN 'newly_asked'
        WHEN now_as IS NULL THEN 'no_longer_asked'
        WHEN reworded THEN 'reworded'
        WHEN now_as = 'answered' AND was_as = 'answered' THEN
            CASE WHEN now_value > was_value THEN 'better' WHEN now_value < was_value THEN 'worse' ELSE 'same' END
        WHEN now_as = 'not_applicable' AND was_as <> 'not_applicable' THEN 'became_not_applicable'
        WHEN was_as = 'not_applicable' AND now_as <> 'not_applicable' THEN 'became_applicable'
        WHEN now_as = 'answered' THEN 'newly_answered'
        WHEN was_as = 'answered' THEN 'no_longer_answered'
        ELSE 'still_open'
    END AS move
FROM read AS p
JOIN (SELECT *, count(*) OVER (PARTITION BY country_no) AS n_in_country FROM operation) AS o USING (operation_no)
JOIN (
    SELECT *, dense_rank() OVER (ORDER BY country = 'GROUP', region, title) AS country_position FROM country
) AS c USING (country_no)
WHERE kept(country_ids, c.country);

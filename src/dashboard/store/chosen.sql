-- What do the filters keep? Every page reads figures through these, so that no page can filter in its own way.
-- A criterion that serves several risk areas is kept once: a filter picks a set of criteria.

CREATE OR REPLACE MACRO chosen(framework_id, round_id, kept_countries, kept_criteria, criterion_ids) AS TABLE
FROM score
WHERE framework = framework_id AND round = round_id AND list_contains(kept_countries, country) AND list_contains(kept_criteria, criterion)
    AND kept(criterion_ids, criterion);

CREATE OR REPLACE MACRO chosen_criteria(framework_id, kept_criteria) AS TABLE
FROM criterion_card WHERE framework = framework_id AND list_contains(kept_criteria, criterion);

-- An action is kept with what it is on. What is gone from the library carries no code: it is kept where nothing is chosen.
CREATE OR REPLACE MACRO chosen_actions(framework_id, kept_criteria, kept_impacts) AS TABLE
FROM todo
WHERE CASE WHEN framework IS NOT NULL THEN framework = framework_id AND list_contains(kept_criteria, criterion)
    WHEN impact IN (SELECT impact FROM impact_card) THEN list_contains(kept_impacts, impact)
    ELSE len(kept_impacts) = (SELECT count(*) FROM impact_card) END;

-- One answer as the tally it makes alone: what an operation's own figures are summed from. What the head office says is not
-- looked up for it, so that nothing is inherited.
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
    coalesce(value * weight, 0) AS points,
    CASE WHEN counts_as = 'answered' AND evidence >= 2 THEN weight ELSE 0 END AS weight_seen,
    CASE WHEN evidence >= 2 THEN coalesce(value * weight, 0) ELSE 0 END AS points_seen,
    coalesce(value, 0) AS points_equal,
    CASE WHEN value = 1 THEN weight ELSE 0 END AS weight_full,
    CASE WHEN value > 0 AND value < 1 THEN weight ELSE 0 END AS weight_part,
    CASE WHEN value = 0 THEN weight ELSE 0 END AS weight_nil,
    CAST(0 AS DOUBLE) AS n_inherited, CAST(0 AS DOUBLE) AS weight_inherited, CAST(0 AS DOUBLE) AS points_inherited
FROM answer AS a JOIN scale AS s USING (status_no) JOIN criterion AS k USING (criterion_no);

-- What a second role said of answers, and whether it stands: an answer that says something else by now has lost its mark.
CREATE OR REPLACE VIEW reviewed AS
SELECT *, CASE WHEN NOT changed THEN verdict WHEN verdict = 'checked' THEN 'changed' ELSE 'answered_back' END AS mark
FROM (
    SELECT v.*, v.said IS DISTINCT FROM {status_no: a.status_no, evidence: a.evidence, note: a.note, na_reason: a.na_reason} AS changed
    FROM review AS v JOIN answer AS a USING (round_no, operation_no, criterion_no)
);

-- How one answer moved between two rounds. Only answers to the same words are compared. `who` is the country, or the
-- operation where a country has several.
CREATE OR REPLACE MACRO moved_answers(framework_id, round_id, earlier_id, kept_countries, kept_criteria) AS TABLE
WITH wanted AS (FROM chosen_criteria(framework_id, kept_criteria)),
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
WHERE list_contains(kept_countries, c.country);

-- Which round is each framework read in? The one in view where it was asked; else the last one before, else the first after.
CREATE OR REPLACE MACRO read_in(round_id) AS TABLE
SELECT p.framework, arg_min(p.round, CASE WHEN p.round_position <= r.position THEN r.position - p.round_position
    ELSE 100000 + p.round_position END) AS round
FROM participation AS p CROSS JOIN (SELECT position FROM round WHERE round = round_id) AS r
GROUP BY p.framework;

-- What was rated in the choice, operation by operation: risks and opportunities, each in the setting it belongs to.
CREATE OR REPLACE MACRO chosen_risks(round_id, kept_countries, kept_impacts) AS TABLE
FROM exposure WHERE round = round_id AND list_contains(kept_countries, country) AND list_contains(kept_impacts, impact);

CREATE OR REPLACE MACRO chosen_openings(round_id, kept_countries, kept_impacts) AS TABLE
FROM opening WHERE round = round_id AND list_contains(kept_countries, country) AND list_contains(kept_impacts, impact);

-- The outside figures on record, and whether a day finds them old.
CREATE OR REPLACE MACRO figures_on(day) AS TABLE
SELECT *, CASE WHEN year(day) - f.year > limit_years THEN 'old' ELSE 'current' END AS state FROM figure AS f;

-- What was said of each impact of the choice, counted over its operations. Rated by one, it is rated; looked for and not
-- found by one, and rated by none, it is that; absent where no operation has its setting.
CREATE OR REPLACE MACRO impacts_said(round_id, kept_countries, kept_impacts) AS TABLE
SELECT *, greatest(n_operations - n_rated - n_none_found, 0) AS n_not_rated,
    CASE
        WHEN n_rated > 0 THEN 'rated' WHEN n_none_found > 0 THEN 'none_found' WHEN n_operations = 0 THEN 'absent' ELSE 'not_rated'
    END AS state
FROM (
    SELECT i.impact, i.polarity, i.impact_position, CAST(coalesce(sum(t.n_operations), 0) AS INTEGER) AS n_operations,
        CAST(coalesce(sum(t.n_rated), 0) AS INTEGER) AS n_rated,
        CAST(coalesce(sum(t.n_none_found), 0) AS INTEGER) AS n_none_found
    FROM impact_card AS i
    LEFT JOIN impact_tally AS t ON t.impact = i.impact AND t.round = round_id AND list_contains(kept_countries, t.country)
    WHERE list_contains(kept_impacts, i.impact)
    GROUP BY i.impact, i.polarity, i.impact_position
);

-- What operations owe: of each and of each function that leads, how much is asked, how much of it is left, when the last of it
-- was answered, what is called not applicable and was not checked, and the step that brought the last answers of the operation.
CREATE OR REPLACE MACRO owed_cells(framework_id, round_id, kept_countries, kept_criteria) AS TABLE
WITH wanted AS (
    SELECT criterion_no, coalesce(functions[1], '') AS function
    FROM chosen_criteria(framework_id, kept_criteria)
),
now AS (SELECT round_no FROM round WHERE round = round_id),
cells AS (
    SELECT round_no, operation_no, function, count(*) AS n_asked, count(*) FILTER (WHERE counts_as = 'unanswered') AS n_left,
        max(answered_on) AS last_answered_on,
        count(*) FILTER (WHERE counts_as = 'not_applicable' AND mark IS DISTINCT FROM 'checked') AS n_open
    FROM (SELECT round_no, operation_no, criterion_no, status_no, answered_on FROM answer SEMI JOIN now USING (round_no)) AS a
    JOIN wanted USING (criterion_no)
    JOIN scale USING (status_no)
    LEFT JOIN (SELECT operation_no, criterion_no, mark FROM reviewed SEMI JOIN now USING (round_no)) AS x USING (operation_no, criterion_no)
    GROUP BY round_no, operation_no, function
)
SELECT o.operation, o.title AS operation_title, c.title AS country_title, c.country, c.region, g.function, g.n_asked, g.n_left,
    g.last_answered_on, g.n_open, b.step
FROM cells AS g
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
LEFT JOIN brought AS b USING (round_no, operation_no)
WHERE list_contains(kept_countries, c.country);

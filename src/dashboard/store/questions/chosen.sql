-- What do the filters keep? Every page reads figures through these, so that no page can filter in its own way.
-- A criterion that serves several risk areas is kept once: a filter selects a set of criteria.

CREATE OR REPLACE MACRO chosen_criteria(framework_id, kept_criteria) AS TABLE
FROM criterion_card WHERE framework = framework_id AND list_contains(kept_criteria, criterion);

-- An action is kept if its subject is. A subject no longer in the library has no codes: it is kept if nothing is
-- selected.
CREATE OR REPLACE MACRO chosen_actions(framework_id, kept_criteria, kept_impacts) AS TABLE
FROM todo
WHERE CASE WHEN framework IS NOT NULL THEN framework = framework_id AND list_contains(kept_criteria, criterion)
    WHEN impact IN (SELECT impact FROM impact_card) THEN list_contains(kept_impacts, impact)
    ELSE len(kept_impacts) = (SELECT count(*) FROM impact_card) END;

-- Which round is each framework read in? The one in view if it was asked then; else the last one before, else the first
-- after.
CREATE OR REPLACE MACRO read_in(round_id) AS TABLE
SELECT p.framework, arg_min(p.round, CASE WHEN p.round_position <= r.position THEN r.position - p.round_position
    ELSE 100000 + p.round_position END) AS round
FROM participation AS p CROSS JOIN (SELECT position FROM round WHERE round = round_id) AS r
GROUP BY p.framework;

-- What was rated within the filters, by operation: risks and opportunities, each in its setting.
CREATE OR REPLACE MACRO chosen_risks(round_id, kept_countries, kept_impacts) AS TABLE
FROM exposure WHERE round = round_id AND list_contains(kept_countries, country) AND list_contains(kept_impacts, impact);

CREATE OR REPLACE MACRO chosen_openings(round_id, kept_countries, kept_impacts) AS TABLE
FROM opening WHERE round = round_id AND list_contains(kept_countries, country) AND list_contains(kept_impacts, impact);

-- The outside figures on record, and whether they are out of date on a given day.
CREATE OR REPLACE MACRO figures_on(day) AS TABLE
SELECT *, CASE WHEN year(day) - f.year > limit_years THEN 'old' ELSE 'current' END AS state FROM figure AS f;

-- Which version of each framework does a round ask? The one it names, else the latest; 1 and 1.0 are the same version.
CREATE OR REPLACE MACRO asked_versions(round_id) AS TABLE
WITH asked_in AS (
    SELECT f.framework_no, f.framework, f.short_title AS framework_title,
        coalesce(list_extract(list_filter(r.versions, lambda x: split_part(x, '=', 1) = f.framework), 1),
            '=' || f.version) AS said
    FROM framework AS f CROSS JOIN round AS r WHERE r.round = round_id
)
SELECT i.framework_no, i.framework, i.framework_title, v.version_no, v.version
FROM asked_in AS i
JOIN framework_version AS v ON v.framework_no = i.framework_no
    AND regexp_replace(v.version, '(\.0+)+$', '') = regexp_replace(split_part(i.said, '=', 2), '(\.0+)+$', '');

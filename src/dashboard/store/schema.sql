-- Which tables does a publication have? Numbers (…_no) are only for joins; readers and URLs use ids.

-- The shape of these tables: raised with every change that makes older publications incompatible.
CREATE TABLE shape (shape INTEGER);
INSERT INTO shape VALUES (29);
CREATE TABLE library (library VARCHAR);
CREATE TABLE framework (
    framework_no SMALLINT PRIMARY KEY, framework VARCHAR UNIQUE, title VARCHAR, short_title VARCHAR, area_word VARCHAR,
    publisher VARCHAR, year SMALLINT, edition VARCHAR, supersedes VARCHAR, version VARCHAR, address VARCHAR,
    licence_note VARCHAR,
    held_in_part VARCHAR, average_of VARCHAR, country_figure VARCHAR, coverage_limit DOUBLE, count_below SMALLINT,
    checksum VARCHAR
);
CREATE TABLE band (framework_no SMALLINT, band_no SMALLINT, band VARCHAR, title VARCHAR, starts_at SMALLINT,
    ends_at SMALLINT);
-- The answers to a criterion are those of its `scale_no`: of the scale that it names (`''` if it is the standard's
-- own), or of that scale counted the other way round. `number` is given if an answer is a number; `wording_id` is the
-- id of its title in `wording`.
CREATE TABLE scale (
    status_no SMALLINT PRIMARY KEY, framework_no SMALLINT, scale_no SMALLINT, of_scale VARCHAR, reversed BOOLEAN,
    status VARCHAR,
    title VARCHAR, counts_as VARCHAR, value DOUBLE, number DOUBLE, wording_id VARCHAR
);
CREATE TABLE area (
    area_no SMALLINT PRIMARY KEY, framework_no SMALLINT, area VARCHAR UNIQUE, code VARCHAR, title VARCHAR, text VARCHAR,
    spheres VARCHAR[]
);
CREATE TABLE criterion (
    criterion_no SMALLINT PRIMARY KEY, area_no SMALLINT, framework_no SMALLINT, criterion VARCHAR UNIQUE, kind VARCHAR,
    level VARCHAR, text VARCHAR, weight DOUBLE, critical BOOLEAN, gap VARCHAR, partly VARCHAR, added VARCHAR,
    until VARCHAR, since VARCHAR, services VARCHAR[],
    of_scale VARCHAR, reversed BOOLEAN, scale_no SMALLINT, inherits BOOLEAN, evidence_hint VARCHAR, citation VARCHAR,
    verification VARCHAR
);
-- The areas in which a criterion counts: its own, and those of the criteria that repeat it. `parts` are the family,
-- area and element through which it enters figures there, empty for a level that its standard does not average, and
-- `weights` what they count.
CREATE TABLE criterion_area (criterion_no SMALLINT, area_no SMALLINT, parts VARCHAR[], weights DOUBLE[]);
-- Criteria that ask the same as another: they are not asked, and the other one has their links.
CREATE TABLE repeated (
    criterion_no SMALLINT PRIMARY KEY, area_no SMALLINT, framework_no SMALLINT, criterion VARCHAR UNIQUE, kind VARCHAR,
    level VARCHAR, text VARCHAR, weight DOUBLE, critical BOOLEAN, gap VARCHAR, partly VARCHAR, added VARCHAR,
    until VARCHAR, since VARCHAR, services VARCHAR[],
    of_scale VARCHAR, reversed BOOLEAN, scale_no SMALLINT, inherits BOOLEAN, evidence_hint VARCHAR, citation VARCHAR,
    verification VARCHAR, same_as VARCHAR
);
-- In the order of the file, by type: the first function is the lead function.
CREATE TABLE criterion_link (criterion_no SMALLINT, target_type VARCHAR, target VARCHAR, position SMALLINT);
-- Which criterion of an earlier edition a criterion continues, and the former names of areas and criteria.
CREATE TABLE succession (criterion_no SMALLINT, earlier_no SMALLINT);
CREATE TABLE former_name (former VARCHAR PRIMARY KEY, code VARCHAR);
-- Every version that was ever published, with the step and day of publication; null if only a round names it.
CREATE TABLE framework_version (
    version_no SMALLINT PRIMARY KEY, framework_no SMALLINT, version VARCHAR, step INTEGER, published_on DATE
);
-- What each of them asked, by the id at the time, and the version since which it had that wording.
CREATE TABLE former_text (version_no SMALLINT, criterion_no SMALLINT, criterion VARCHAR, text VARCHAR, since VARCHAR);
-- Criteria that had another wording in a version than they have now. `until` is the version that first asked something
-- else: answers are compared if it is the same. Null if only the text was improved. No text if it is unknown.
CREATE TABLE old_words (version_no SMALLINT, criterion_no SMALLINT, version VARCHAR, until VARCHAR, text VARCHAR);
-- A right by its common name: one or more articles. `named` are those that the partnership names.
CREATE TABLE theme (theme VARCHAR PRIMARY KEY, title VARCHAR, text VARCHAR, named BOOLEAN, position SMALLINT);
CREATE TABLE tension (
    tension VARCHAR PRIMARY KEY, "between" VARCHAR[], title VARCHAR, text VARCHAR, question VARCHAR, criteria VARCHAR[],
    basis VARCHAR, citation VARCHAR
);
CREATE TABLE crc_right (
    "right" VARCHAR PRIMARY KEY, instrument VARCHAR, article VARCHAR, title VARCHAR, themes VARCHAR[], citation VARCHAR,
    verification VARCHAR
);
CREATE TABLE risk_area (
    risk_area VARCHAR PRIMARY KEY, title VARCHAR, text VARCHAR, rights VARCHAR[], basis VARCHAR, citation VARCHAR
);
CREATE TABLE setting (
    setting VARCHAR PRIMARY KEY, title VARCHAR, exposed VARCHAR, first_question VARCHAR, functions VARCHAR[],
    services VARCHAR[], basis VARCHAR, position SMALLINT
);
CREATE TABLE business_function (function VARCHAR PRIMARY KEY, title VARCHAR, text VARCHAR, position SMALLINT);
CREATE TABLE impact (
    impact VARCHAR PRIMARY KEY, risk_area VARCHAR, setting VARCHAR, polarity VARCHAR, text VARCHAR,
    age_groups VARCHAR[],
    groups VARCHAR[], stage VARCHAR[], rights VARCHAR[], functions VARCHAR[], criteria VARCHAR[], touches VARCHAR[],
    basis VARCHAR, citation VARCHAR
);
CREATE TABLE crosswalk (source VARCHAR, source_type VARCHAR, target VARCHAR, target_type VARCHAR, strength VARCHAR,
    basis VARCHAR, note VARCHAR);
-- Documents alongside the standards, which nobody answers, and what each asks or offers; `criteria` meet it.
CREATE TABLE instrument (
    instrument VARCHAR PRIMARY KEY, title VARCHAR, short_title VARCHAR, publisher VARCHAR, years VARCHAR,
    address VARCHAR,
    text VARCHAR, not_found VARCHAR[], verification VARCHAR, position SMALLINT
);
CREATE TABLE point (
    point VARCHAR PRIMARY KEY, instrument VARCHAR, code VARCHAR, text VARCHAR, criteria VARCHAR[], citation VARCHAR,
    verification VARCHAR, position SMALLINT
);
-- What good looks like, by maturity step; an action begins with the first of `this_month`.
CREATE TABLE guidance (
    guidance VARCHAR PRIMARY KEY, title VARCHAR, step VARCHAR, criteria VARCHAR[], risk_areas VARCHAR[],
    settings VARCHAR[],
    functions VARCHAR[], sources STRUCT(source VARCHAR, address VARCHAR, gives VARCHAR)[], verification VARCHAR,
    situation VARCHAR, this_month VARCHAR[], this_year VARCHAR[], sign_that_it_works VARCHAR[], watch_out VARCHAR[],
    position SMALLINT
);
-- Lessons from elsewhere. Facts that share a word in `differs` contradict each other.
CREATE TABLE case_study (
    case_study VARCHAR PRIMARY KEY, title VARCHAR, who VARCHAR[], "where" VARCHAR, countries VARCHAR[], began SMALLINT,
    ended SMALLINT, case_kind VARCHAR, confidence VARCHAR, shows VARCHAR[], criteria VARCHAR[], risk_areas VARCHAR[],
    settings VARCHAR[],
    facts STRUCT(fact VARCHAR, dated VARCHAR, tells VARCHAR, source VARCHAR, address VARCHAR, differs VARCHAR)[],
    what_was_done VARCHAR, what_resulted VARCHAR, lesson VARCHAR, what_to_copy VARCHAR, what_to_avoid VARCHAR,
    position SMALLINT
);
-- Paths through the pages for a room. `place` is the page and view of a step as one text, as `model/pages.py`
-- writes it; `id` is the id of the step in `wording`.
CREATE TABLE tour (tour VARCHAR PRIMARY KEY, minutes SMALLINT, position SMALLINT);
CREATE TABLE tour_step (tour VARCHAR, step SMALLINT, id VARCHAR, place VARCHAR, note VARCHAR);
-- One row per language and id, with missing texts filled in from English, so that a join is enough. For lists, scales
-- and bands the id is kind and code (`country/TCD`, `status/crbp/partly`), and other languages have rows only for what
-- is translated: `reading/spoken.sql` fills in the rest. `state` is that of the text: who has read it, if anybody.
CREATE TABLE wording (
    language VARCHAR, id VARCHAR, title VARCHAR, text VARCHAR, gap VARCHAR, partly VARCHAR, evidence_hint VARCHAR,
    translated BOOLEAN, state VARCHAR
);
-- The same items in other languages, with the English where something is not translated.
CREATE TABLE framework_said (
    language VARCHAR, framework VARCHAR, publisher VARCHAR, edition VARCHAR, licence_note VARCHAR, held_in_part VARCHAR
);
{% for table in told -%}
CREATE TABLE {{ table }}_said AS SELECT '' AS language, * FROM {{ table }} LIMIT 0;
{% endfor %}
CREATE TABLE country (
    country_no SMALLINT PRIMARY KEY, country VARCHAR UNIQUE, title VARCHAR, region VARCHAR, formerly VARCHAR[]
);
-- The head office belongs to no country: its country code is GROUP, so that one filter serves both.
-- `of_group` is the company or brand that it belongs to, by name; null if it stands alone.
CREATE TABLE operation (
    operation_no INTEGER PRIMARY KEY, operation VARCHAR UNIQUE, country_no SMALLINT, title VARCHAR, kind VARCHAR,
    services VARCHAR[], frameworks VARCHAR[], first_round VARCHAR, last_round VARCHAR, short_until VARCHAR,
    language VARCHAR, synthetic BOOLEAN, of_group VARCHAR, formerly VARCHAR[], profile_no INTEGER
);
-- Whom does an operation count with, where the figure of a country is the mean of groups? A group goes by its first
-- operation there.
CREATE VIEW counted_with AS
SELECT operation_no, country_no, kind,
    min(operation_no)
    OVER (PARTITION BY country_no, coalesce(of_group, CAST(operation_no AS VARCHAR)), of_group IS NULL) AS first_no
FROM operation;
-- In a closed round, answers and ratings stay as they are. `round_note` is what readers of a line across rounds need to
-- know, such as a new edition.
CREATE TABLE round (
    round_no SMALLINT PRIMARY KEY, round VARCHAR UNIQUE, title VARCHAR, starts_on DATE, ends_on DATE,
    frameworks VARCHAR[], versions VARCHAR[], closed BOOLEAN DEFAULT false, round_note VARCHAR, position SMALLINT
);
-- Which criteria are asked in which round of operations that share kind, services, frameworks and first round.
CREATE TABLE asked (round_no SMALLINT, profile_no INTEGER, criterion_no SMALLINT);
-- Operations that are asked only a short start in a round: what matters most, and no score until the rest is asked.
CREATE TABLE short_start (round_no SMALLINT, operation_no INTEGER);
-- One row per round x operation x criterion that is asked, including unanswered ones; sorted by round and operation.
-- `version_no` is the version of the framework that it answers; null if nobody has answered. `step` is the publication
-- that brought what it says, whoever repeated it since; the history knows who made that. Null before shape 20.
CREATE TABLE answer (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, status_no SMALLINT, evidence SMALLINT,
    na_reason VARCHAR, note VARCHAR USING COMPRESSION zstd, answered_by_role VARCHAR, answered_on DATE,
    version_no SMALLINT, step INTEGER
);
-- What an answer said, or its review, before it was replaced. Of a review, `verdict` says what the reviewer found.
CREATE TABLE answer_log (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, step INTEGER, verdict VARCHAR, status_no SMALLINT,
    evidence SMALLINT, role VARCHAR, said_on DATE
);
-- The last review of an answer by a second role, and what the answer said then: if it changes, it loses its mark.
-- `rated_status` is what that role would have answered.
CREATE TABLE review (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, verdict VARCHAR, reviewed_by_role VARCHAR,
    comment VARCHAR, reviewed_on DATE, rated_status VARCHAR,
    said STRUCT(status_no SMALLINT, evidence SMALLINT, note VARCHAR, na_reason VARCHAR), step INTEGER
);
-- What an answer or an action rests on, in the order given: documents and links, never files. The numbers are null for
-- an action. How sure an answer is stands in the answer.
CREATE TABLE evidence_item (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, action VARCHAR, title VARCHAR, link VARCHAR,
    document VARCHAR, dated_on DATE, page VARCHAR, holder VARCHAR, confidential BOOLEAN, position INTEGER
);
-- What those who answer and those who review say to each other about an answer, in this order within a day.
CREATE TABLE answer_comment (
    round_no SMALLINT, operation_no INTEGER, criterion_no SMALLINT, role VARCHAR, said_on DATE, text VARCHAR,
    step INTEGER
);
-- The last word on a round of an operation, a country (without an operation) or the group (with neither). `figures` are
-- those of respect when it was approved, by standard; null if it is not approved.
CREATE TABLE approval (
    round_no SMALLINT, operation_no INTEGER, country_no SMALLINT, state VARCHAR, role VARCHAR, note VARCHAR,
    said_on DATE, step INTEGER,
    figures STRUCT(framework VARCHAR, percent SMALLINT, reading VARCHAR, band VARCHAR)[]
);
-- Every word on it, the last one included. The history knows who made the step.
CREATE TABLE approval_log (
    round_no SMALLINT, operation_no INTEGER, country_no SMALLINT, step INTEGER, state VARCHAR, role VARCHAR,
    note VARCHAR, said_on DATE
);
-- The last step that brought answers of an operation in a round.
CREATE TABLE brought (round_no SMALLINT, operation_no INTEGER, step INTEGER);
-- If `found` is false, the operation looked and found no such impact: there are no grades, but that is not the same as
-- unrated. The four grades are inherent, as without measures; residual ones are given with their basis, or not at all.
CREATE TABLE risk_rating (
    round_no SMALLINT, operation_no INTEGER, impact VARCHAR, found BOOLEAN, scale SMALLINT, scope SMALLINT,
    irremediability SMALLINT, likelihood SMALLINT, basis VARCHAR, confidence VARCHAR, residual_severity SMALLINT,
    residual_likelihood SMALLINT, residual_basis VARCHAR, rated_by_role VARCHAR, rated_on DATE
);
CREATE TABLE opportunity_rating (
    round_no SMALLINT, operation_no INTEGER, impact VARCHAR, found BOOLEAN, reach SMALLINT, need SMALLINT,
    feasibility SMALLINT, basis VARCHAR, confidence VARCHAR, rated_by_role VARCHAR, rated_on DATE
);
-- `expected_status` is that of the criterion when the action is done, null for an action on an impact; `effort` and
-- `cost` are classes, and `cause` says why the gap exists.
CREATE TABLE action (
    action VARCHAR PRIMARY KEY, round VARCHAR, operation_no INTEGER, criterion VARCHAR, impact VARCHAR,
    text VARCHAR, owner_role VARCHAR, due_on DATE, status VARCHAR, priority VARCHAR, reason VARCHAR,
    expected_status VARCHAR, effort VARCHAR, cost VARCHAR, cause VARCHAR, step INTEGER
);
-- The percentage that a figure should reach: of one kind, of an area or a whole framework, of an operation or the
-- group, by the end of a round or by a date. `baseline` is the round where its path begins; null means the first round
-- with a figure.
CREATE TABLE figure_target (
    framework VARCHAR, kind VARCHAR, area VARCHAR, operation_no INTEGER, percent SMALLINT, round VARCHAR,
    due_on DATE, baseline VARCHAR, owner_role VARCHAR, note VARCHAR
);
-- How an operation heard children: what was done, whom it heard, how safely, and what changed because of it. A count
-- under 10, and one that would reveal such a count, is never stored: `withheld` names the columns concerned.
CREATE TABLE child_participation (
    record VARCHAR, operation_no INTEGER, round_no SMALLINT, activity VARCHAR, held_on DATE, age_groups VARCHAR[],
    children INTEGER, girls INTEGER, boys INTEGER, children_with_disabilities INTEGER, out_of_school INTEGER,
    consent VARCHAR, safeguarding_lead VARCHAR, trained_partner VARCHAR, fed_back VARCHAR, changed VARCHAR,
    what_changed VARCHAR, evidence_ref VARCHAR, note VARCHAR, withheld VARCHAR[]
);
-- With `difference_of`, a figure is computed: the first of two indicators less the second, for the same year.
CREATE TABLE indicator (
    indicator VARCHAR PRIMARY KEY, title VARCHAR, unit VARCHAR, limit_years SMALLINT, difference_of VARCHAR[],
    series VARCHAR[]
);
CREATE TABLE context (
    country_no SMALLINT, indicator VARCHAR, year SMALLINT, sex VARCHAR, age VARCHAR, residence VARCHAR,
    value VARCHAR, publisher VARCHAR, dataset VARCHAR, licence VARCHAR, note VARCHAR
);
-- What the law of a country asks, and which services there are, by subject: what a page says that was opened, with how
-- sure that is; or that nothing was found.
CREATE TABLE law (
    law VARCHAR, country_no SMALLINT, subject VARCHAR, verification VARCHAR, on_whom VARCHAR, asks VARCHAR,
    instrument VARCHAR, article VARCHAR, in_force VARCHAR, title VARCHAR, publisher VARCHAR, address VARCHAR,
    on_page VARCHAR, read_on DATE, criteria VARCHAR[], risk_areas VARCHAR[], note VARCHAR
);
-- Roles granted here, besides those that a provider names. `scope` is group, or country or operation with its code.
CREATE TABLE person_grant (
    subject VARCHAR, role VARCHAR, scope VARCHAR
);
CREATE TABLE problem (
    position INTEGER, kind VARCHAR, file VARCHAR, "row" INTEGER, "column" VARCHAR, value VARCHAR, expected VARCHAR,
    hint VARCHAR, weight VARCHAR
);

-- Only counts and weighted sums. Their meaning is defined once, in figures/read.py. Without an operation, they are
-- those of the whole country. Where a country's figure is the mean of its operations or groups, each also has its own;
-- a group's are under the number of its first operation.
CREATE TABLE tally (
    round_no SMALLINT, country_no SMALLINT, criterion_no SMALLINT, operation_no INTEGER,
    n_asked BIGINT, n_applicable BIGINT, n_answered BIGINT, n_not_applicable BIGINT, n_not_known BIGINT,
    n_unanswered BIGINT, n_full BIGINT, n_part BIGINT, n_nil BIGINT, n_critical_failed BIGINT,
    n_evidence_none BIGINT, n_evidence_self BIGINT, n_evidence_seen BIGINT, n_evidence_checked BIGINT,
    -- Asked in a short start: of these, no other column says anything but what failed.
    n_started BIGINT,
    weight_applicable DOUBLE, weight_answered DOUBLE, points DOUBLE,
    -- For methods that count answers differently. Of answers whose evidence was seen or independently checked:
    weight_seen DOUBLE, points_seen DOUBLE, n_full_seen BIGINT, n_part_seen BIGINT,
    -- With every weight 1; the matching weight is `n_answered`.
    points_equal DOUBLE,
    -- By step of the scale, however many there are in between: a method may give a step another value. The points of
    -- the three are `weight_full`, `points` less `weight_full`, and none.
    weight_full DOUBLE, weight_part DOUBLE, weight_nil DOUBLE,
    -- What would be added if operations had the head office's answer of the same round where they gave none or did not
    -- know. It is in no other column; if the head office has several answers, the weakest counts.
    n_inherited BIGINT, weight_inherited DOUBLE, points_inherited DOUBLE,
    last_answered_on DATE
);
CREATE TABLE matched (
    round_no SMALLINT, earlier_no SMALLINT, country_no SMALLINT, criterion_no SMALLINT, operation_no INTEGER,
    n_matched BIGINT,
    n_better BIGINT, n_worse BIGINT, weight_matched DOUBLE, points_now DOUBLE, points_earlier DOUBLE
);
CREATE TABLE touched (round_no SMALLINT, country_no SMALLINT);

-- Which records of participation name something unknown, an invalid word or date, or lack a required value?
INSERT INTO found
WITH word AS (
    SELECT 'consultation, survey, workshop, youth_panel, feedback_analysis, other' AS activities,
        'under_5, 5_to_11, 12_to_14, 15_to_17' AS ages
),
-- With nothing besides its code, a row withdraws the record.
t AS (
    FROM (SELECT rowid AS row_id, *, coalesce(*COLUMNS(* EXCLUDE (record))) AS any_said FROM staged_participation)
    WHERE any_said IS NOT NULL
),
safe AS (
    UNPIVOT (SELECT row_id, consent, safeguarding_lead, trained_partner, fed_back FROM t)
    ON consent, safeguarding_lead, trained_partner, fed_back INTO NAME col VALUE said
)
SELECT 'missing_value', 'participation', rowid, 'record', NULL, NULL FROM staged_participation WHERE record IS NULL
UNION ALL
SELECT 'duplicate_row', 'participation', rowid, 'record', record, NULL FROM staged_participation WHERE record IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY record ORDER BY rowid) > 1
UNION ALL
SELECT 'unknown_operation', 'participation', row_id, 'operation', operation, NULL
FROM t ANTI JOIN operation AS o ON o.operation = t.operation
UNION ALL
SELECT 'unknown_round', 'participation', row_id, 'round', round, NULL FROM t ANTI JOIN round AS r ON r.round = t.round
UNION ALL
SELECT 'off_scale', 'participation', row_id, 'activity', activity, activities
FROM t CROSS JOIN word WHERE NOT list_contains(string_split(activities, ', '), coalesce(activity, ''))
UNION ALL
SELECT DISTINCT 'off_scale', 'participation', row_id, 'age_groups', age, ages
FROM (SELECT row_id, trim(unnest(string_split(age_groups, ';'))) AS age FROM t) CROSS JOIN word
WHERE NOT list_contains(string_split(ages, ', '), age)
UNION ALL
SELECT 'off_scale', 'participation', row_id, col, said, 'yes, no, not_applicable' FROM safe WHERE said NOT IN ('yes', 'no', 'not_applicable')
UNION ALL
SELECT 'off_scale', 'participation', row_id, 'changed', changed, 'yes, not_yet' FROM t WHERE changed NOT IN ('yes', 'not_yet')
UNION ALL
SELECT 'change_untold', 'participation', row_id, 'what_changed', NULL, NULL FROM t WHERE changed = 'yes' AND what_changed IS NULL
UNION ALL
SELECT 'bad_date', 'participation', row_id, 'held_on', held_on, 'YYYY-MM-DD' FROM t WHERE try_cast(held_on AS DATE) IS NULL
UNION ALL
SELECT 'future_date', 'participation', row_id, 'held_on', held_on, CAST($today + 1 AS VARCHAR) FROM t WHERE try_cast(held_on AS DATE) > $today + 1
UNION ALL
-- More than a year from the round, the year was mistyped.
SELECT 'outside_round', 'participation', row_id, 'held_on', held_on,
    CAST(r.starts_on - INTERVAL 1 YEAR AS DATE) || ' to ' || CAST(r.ends_on + INTERVAL 1 YEAR AS DATE)
FROM t JOIN round AS r ON r.round = t.round
WHERE try_cast(held_on AS DATE) NOT BETWEEN r.starts_on - INTERVAL 1 YEAR AND r.ends_on + INTERVAL 1 YEAR;

-- How are the sound records of participation written? A row replaces its record; with nothing besides its code, it
-- withdraws it.

-- A count from 1 to 9 children is withheld. So is one that leaves 1 to 9 when subtracted from the total, every part of
-- a total that is itself withheld, and the smaller of girls and boys if the two leave 1 to 9. What the file withholds
-- stays withheld.
CREATE TEMP TABLE counted_participation AS
WITH number AS (
    SELECT record, children IS NOT NULL AND coalesce(try_cast(children AS INTEGER) < 10, true) AS few,
        try_cast(children AS INTEGER) AS n_all,
        unnest([
            {col: 'children', said: children}, {col: 'girls', said: girls}, {col: 'boys', said: boys},
            {col: 'children_with_disabilities', said: children_with_disabilities},
            {col: 'out_of_school', said: out_of_school}
        ], recursive := true)
    FROM sound_participation
),
small AS (
    SELECT *, try_cast(said AS INTEGER) AS n,
        said IS NOT NULL AND (few OR said = 'withheld' OR n BETWEEN 1 AND 9
        OR coalesce(n_all - n BETWEEN 1 AND 9, false)) AS hidden,
        sum(n) FILTER (WHERE col IN ('girls', 'boys')) OVER (PARTITION BY record) AS n_sexes,
        bool_or(hidden) FILTER (WHERE col IN ('girls', 'boys')) OVER (PARTITION BY record) AS sex_hidden
    FROM number
)
SELECT record, col, n,
    hidden OR coalesce(col IN ('girls', 'boys') AND NOT sex_hidden AND n_all - n_sexes BETWEEN 1 AND 9
        AND row_number() OVER (PARTITION BY record, col IN ('girls', 'boys') ORDER BY n, col) = 1, false) AS hidden
FROM small WHERE said IS NOT NULL;

-- Sound records of what is approved only repeat what is there.
DELETE FROM child_participation USING sound_participation AS s
WHERE s.record = child_participation.record AND NOT EXISTS (
    FROM frozen AS w WHERE w.approved AND w.round_no = child_participation.round_no
        AND w.operation_no = child_participation.operation_no
);
INSERT INTO child_participation BY NAME
SELECT o.operation_no, r.round_no,
    {{ typed('participation', 's', 'age_groups', 'children', 'girls', 'boys', 'children_with_disabilities',
    'out_of_school') }},
    coalesce(list_sort(list_transform(string_split(s.age_groups, ';'), lambda age: trim(age))), []) AS age_groups,
    c.* EXCLUDE (record, withheld), coalesce(c.withheld, []) AS withheld
FROM sound_participation AS s
JOIN operation AS o USING (operation)
JOIN round AS r USING (round)
ANTI JOIN (FROM frozen WHERE approved) AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
LEFT JOIN (
    SELECT record, max(n) FILTER (WHERE col = 'children' AND NOT hidden) AS children,
        max(n) FILTER (WHERE col = 'girls' AND NOT hidden) AS girls,
        max(n) FILTER (WHERE col = 'boys' AND NOT hidden) AS boys,
        max(n) FILTER (WHERE col = 'children_with_disabilities' AND NOT hidden) AS children_with_disabilities,
        max(n) FILTER (WHERE col = 'out_of_school' AND NOT hidden) AS out_of_school,
        list(col ORDER BY col) FILTER (WHERE hidden) AS withheld
    FROM counted_participation GROUP BY record
) AS c USING (record)
ORDER BY o.operation_no, s.held_on, s.record;
DROP TABLE counted_participation;

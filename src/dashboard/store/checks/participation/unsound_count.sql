-- Which counts of children are not whole numbers, or exceed the number of all children heard? No count is quoted: it
-- may be small.
INSERT INTO found
WITH given AS (
    UNPIVOT (
        SELECT rowid AS row_id, nullif(children, '') AS total, children, girls, boys, children_with_disabilities,
            out_of_school
        FROM staged_participation
    ) ON children, girls, boys, children_with_disabilities, out_of_school INTO NAME col VALUE said
),
part AS (SELECT *, try_cast(said AS INTEGER) AS n, try_cast(total AS INTEGER) AS n_all FROM given
    WHERE col <> 'children')
-- Zero is not a child who was heard.
SELECT 'bad_count', 'participation', row_id, col, NULL, NULL FROM given
WHERE NOT regexp_full_match(said, '(0|[1-9]\d{0,6}|withheld)') OR (col = 'children' AND said = '0')
UNION ALL
SELECT 'more_than_all', 'participation', row_id, col, NULL, NULL FROM part WHERE n > n_all
UNION ALL
SELECT 'parts_above_total', 'participation', row_id, 'children', NULL, NULL FROM part
WHERE col IN ('girls', 'boys') GROUP BY row_id, n_all HAVING sum(n) > n_all AND max(n) <= n_all;

-- Which actions give an unknown status for a quarter, or two statuses for one?
INSERT INTO found
WITH word AS (SELECT ['open', 'in_progress', 'blocked', 'done', 'dropped'] AS statuses),
listed AS (
    SELECT rowid AS row_id, list_filter(list_transform(string_split(status_by_quarter, ';'), lambda s: trim(s)), lambda s: s <> '') AS parts
    FROM staged_actions WHERE status_by_quarter IS NOT NULL
),
part AS (
    -- The intended year and quarter, wherever they are in the text: the nearest to "Q1 2026 done" is "2026-Q1 done".
    SELECT row_id, position, said, coalesce(nullif(regexp_extract(said, '\d{4}'), ''), 'YYYY') AS year,
        coalesce(nullif(regexp_extract(said, '[Qq]([1-4])', 1), ''), '1') AS quarter
    FROM (SELECT row_id, unnest(parts) AS said, generate_subscripts(parts, 1) AS position FROM listed)
)
SELECT 'bad_quarter', 'actions', row_id, 'status_by_quarter', said, array_to_string(list_transform(
        statuses, lambda s: year || '-Q' || quarter || ' ' || s), ', ')
FROM part CROSS JOIN word
WHERE NOT (regexp_full_match(said, '\d{4}-Q[1-4] \w+') AND list_contains(statuses, split_part(said, ' ', 2)))
UNION ALL
SELECT 'quarter_twice', 'actions', row_id, 'status_by_quarter', said, NULL
FROM part WHERE regexp_full_match(said, '\d{4}-Q[1-4] .*')
QUALIFY row_number() OVER (PARTITION BY row_id, left(said, 7) ORDER BY position) > 1;

-- Which rows are told? The first few of those that are alike, and on the last of them how many more there are.
-- What is rare must not drown in what is common: alike is the same problem, column and value.
WITH numbered AS (
    SELECT kind, form, row_id, col, value, expected, weight,
        row_number() OVER (PARTITION BY kind, form, col, value ORDER BY row_id) AS position,
        count(*) OVER (PARTITION BY kind, form, col, value) AS n_alike,
        row_number() OVER (PARTITION BY kind, form, col, value ORDER BY row_id) <= $alike AS shown
    FROM told
)
SELECT kind, form, row_id, col, value, expected, weight,
    CASE WHEN position = $alike AND n_alike > $alike THEN n_alike - $alike ELSE 0 END AS more
FROM numbered
WHERE shown
QUALIFY row_number() OVER (PARTITION BY kind, form ORDER BY row_id) <= $most
ORDER BY form, row_id, kind, col;

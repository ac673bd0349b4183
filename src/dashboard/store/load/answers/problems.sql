-- Which rows are reported? The first few of those that are alike, with the number of the remaining ones on the last.
-- Rare problems must not be lost among common ones: alike means the same problem, column and value.
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

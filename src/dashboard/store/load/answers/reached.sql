-- How many rows stay out, including blank ones, and how many rounds and operations do the others cover?
WITH spoken AS (
    {{ covering() }}
)
SELECT (SELECT count(DISTINCT (form, row_id)) FROM found) AS n_out, count(DISTINCT round) AS n_rounds,
    count(DISTINCT operation) AS n_operations
FROM spoken;

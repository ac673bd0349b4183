-- How many rows does each kind of problem leave out? A row with several counts once, under the one that
-- most rows have; that it repeats another costs it something only where nothing else does.
WITH wrong AS (SELECT DISTINCT kind, form, row_id FROM told WHERE weight = 'row'),
often AS (SELECT kind, count(*) AS n FROM wrong GROUP BY kind),
counted AS (SELECT max_by(kind, (NOT starts_with(kind, 'duplicate'), n, kind)) AS kind
    FROM wrong JOIN often USING (kind) GROUP BY form, row_id)
SELECT kind, count(*) AS n_rows FROM counted GROUP BY kind;

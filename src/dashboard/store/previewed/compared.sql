-- What happens to each row, and which rows raise or clear a critical flag? Run with the private publication attached.
CREATE TABLE memory.main.difference AS
SELECT form, row_id, col, w.value AS was, n.value AS now
FROM (FROM memory.main.said WHERE side = 'was') AS w
FULL JOIN (FROM memory.main.said WHERE side = 'now') AS n USING (form, row_id, col)
WHERE w.value IS DISTINCT FROM n.value;

CREATE TABLE memory.main.result AS
WITH moved AS (
    SELECT form, row_id, bool_or(was IS NULL AND col = {{ begins() }}) AS begins,
        bool_and(col = 'framework_version') AS of_version
    FROM memory.main.difference GROUP BY form, row_id
),
status AS (
    SELECT row_id, max(value) FILTER (WHERE side = 'was') AS was, max(value) FILTER (WHERE side = 'now') AS now
    FROM memory.main.said WHERE form = 'answers' AND col = 'status' GROUP BY row_id
),
read AS (
    SELECT h.* EXCLUDE (why), coalesce(c.critical, false) AS critical, coalesce(n.value = 0, false) AS nil_now,
        coalesce(w.value = 0, false) AS nil_was,
        CASE WHEN why IS NOT NULL THEN 'rejected' WHEN m.row_id IS NULL THEN 'unchanged' WHEN m.begins THEN 'new'
            WHEN m.of_version THEN 'moved_on' ELSE 'changed' END AS state
    FROM memory.main.handed AS h
    LEFT JOIN moved AS m USING (form, row_id)
    LEFT JOIN criterion AS c ON c.criterion_no = h.criterion_no
    LEFT JOIN status AS s ON h.form = 'answers' AND s.row_id = h.row_id
    LEFT JOIN scale AS n ON n.scale_no = c.scale_no AND n.status = s.now
    LEFT JOIN scale AS w ON w.scale_no = c.scale_no AND w.status = s.was
)
SELECT *, CASE WHEN critical AND nil_now AND NOT nil_was THEN 'raised' WHEN critical AND nil_was AND NOT nil_now
    THEN 'cleared' END AS flag
FROM read;

-- How are the sound approvals written? The last word on each place counts, and none is forgotten. What is opened again
-- takes back the approvals above it.
CREATE TEMP TABLE new_word AS SELECT * EXCLUDE (row_id, place, was, was_on, again) FROM word WHERE NOT again;
CREATE TEMP TABLE said_word AS
SELECT round_no, operation_no, country_no, {{ typed('approvals', 's') }}, $step AS step
FROM new_word AS s;

INSERT INTO said_word BY NAME
SELECT k.round_no, k.operation_no, k.country_no, 'reopened' AS state, any_value(w.role) AS role,
    any_value(w.note) AS note, max(w.said_on) AS said_on, $step AS step
FROM approval AS k
JOIN said_word AS w ON w.round_no = k.round_no AND w.state = 'reopened'
LEFT JOIN operation AS o ON o.operation_no = w.operation_no
WHERE k.state = 'approved' AND k.operation_no IS NULL AND CASE
    WHEN k.country_no IS NULL THEN coalesce(w.operation_no, w.country_no) IS NOT NULL
    ELSE k.country_no = o.country_no
END
GROUP BY k.round_no, k.operation_no, k.country_no;

INSERT INTO approval_log BY NAME SELECT * FROM said_word ORDER BY ALL;
DELETE FROM approval AS k USING said_word AS w
WHERE (k.round_no, k.operation_no, k.country_no) IS NOT DISTINCT FROM (w.round_no, w.operation_no, w.country_no);
INSERT INTO approval BY NAME FROM said_word ORDER BY round_no, operation_no, country_no;

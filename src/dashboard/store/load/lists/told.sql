-- What was found rejects its row; what was only noticed does not, and is not reported if the row stays out.
CREATE TEMP VIEW told AS
SELECT *, 'row' AS weight FROM found AS f
WHERE NOT EXISTS (FROM found AS b WHERE b.kind = 'blank' AND b.form = f.form AND b.row_id = f.row_id)
UNION ALL
SELECT *, 'note' FROM noticed AS n WHERE NOT EXISTS (FROM found AS f WHERE f.form = n.form AND f.row_id = n.row_id);

-- Which countries are approved before all of their operations are, and which groups before all that take part?
INSERT INTO found
SELECT 'below_not_approved', 'approvals', w.row_id, 'state', w.place, string_agg(n.place, ', ' ORDER BY n.place)
FROM word AS w JOIN not_approved AS n ON n.round_no = w.round_no AND n.within = w.country_no
WHERE w.state = 'approved' AND NOT w.again
GROUP BY w.row_id, w.place;
INSERT INTO found
SELECT 'below_not_approved', 'approvals', w.row_id, 'state', w.place, string_agg(n.place, ', ' ORDER BY n.place)
FROM word AS w JOIN not_approved AS n ON n.round_no = w.round_no
WHERE w.state = 'approved' AND NOT w.again AND w.place IS NULL
GROUP BY w.row_id, w.place;

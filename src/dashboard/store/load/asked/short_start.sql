-- What is left of what is asked after a short start: critical criteria, those in `started_with`, and whatever has been
-- answered, so that ratings that change later take no answer away.
DELETE FROM asked AS a USING criterion AS c, (
    SELECT DISTINCT round_no, profile_no FROM short_start JOIN operation USING (operation_no)
) AS s
WHERE a.round_no = s.round_no AND a.profile_no = s.profile_no AND c.criterion_no = a.criterion_no AND NOT c.critical
    AND NOT EXISTS (
        FROM started_with AS w
        WHERE w.round_no = a.round_no AND w.profile_no = a.profile_no AND w.criterion_no = a.criterion_no
    )
    AND NOT EXISTS (
        FROM answer AS k JOIN operation AS o USING (operation_no) JOIN scale USING (status_no)
        WHERE k.round_no = a.round_no AND o.profile_no = a.profile_no AND k.criterion_no = a.criterion_no
            AND counts_as <> 'unanswered'
    );
DROP TABLE started_with;

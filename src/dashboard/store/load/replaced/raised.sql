-- How many critical criteria does this load answer as not in place that were not answered so before?
SELECT count(*) AS n_raised
FROM answer AS a
JOIN criterion AS c ON c.criterion_no = a.criterion_no AND c.critical
JOIN scale AS now ON now.status_no = a.status_no AND now.value = 0
ANTI JOIN (FROM replaced JOIN scale USING (status_no) WHERE value = 0) AS f
    ON f.round_no = a.round_no AND f.operation_no = a.operation_no AND f.criterion_no = a.criterion_no
WHERE a.step = $step;

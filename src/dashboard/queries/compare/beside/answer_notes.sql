-- What was noted with some answers of a round?
SELECT operation_no, criterion_no, coalesce(na_reason, note) AS note
FROM answer JOIN round USING (round_no)
WHERE round = $round AND coalesce(na_reason, note) IS NOT NULL
    AND operation_no IN (SELECT unnest($operation_numbers)) AND criterion_no IN (SELECT unnest($criterion_numbers))
ORDER BY operation_no, criterion_no;

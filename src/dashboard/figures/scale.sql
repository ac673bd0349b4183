-- What does each status count as, and what is it worth?
SELECT status_no, framework, status, counts_as, value FROM scale JOIN framework USING (framework_no) ORDER BY status_no;

-- What is each status called, what does it count as, and what is it worth?
SELECT status_no, framework, scale_no, of_scale, reversed, status, s.title, counts_as, value
FROM scale AS s JOIN framework USING (framework_no) ORDER BY status_no;

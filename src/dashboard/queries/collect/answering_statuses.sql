-- Which statuses can answer a criterion of the framework, by its scale?
SELECT s.scale_no, s.status, s.title, s.counts_as, s.value, s.number
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND s.counts_as <> 'unanswered'
ORDER BY s.status_no;

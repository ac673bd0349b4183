-- Which statuses can answer a criterion of the framework?
SELECT s.status, s.title, s.counts_as
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND s.counts_as <> 'unanswered'
ORDER BY s.status_no;

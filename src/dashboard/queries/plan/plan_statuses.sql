-- Which statuses can a criterion of the framework reach? The best first.
SELECT s.status, s.title
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND s.counts_as = 'answered'
ORDER BY s.value DESC, s.status_no;

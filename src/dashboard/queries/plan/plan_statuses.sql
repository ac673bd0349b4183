-- Which statuses can criteria of the framework reach? Scale by scale, the best first.
SELECT s.status, arg_min(s.title, s.status_no) AS title
FROM scale AS s JOIN framework AS f USING (framework_no)
WHERE f.framework = $framework AND s.counts_as = 'answered'
GROUP BY s.status
ORDER BY min(s.scale_no), arg_min(s.value, s.scale_no) DESC, min(s.status_no);

-- In which versions did wordings end, and which criteria are still asked in a wording that has ended?
SELECT w.until, list(w.criterion_no ORDER BY w.criterion_no) FILTER (WHERE v.version = f.version) AS present
FROM old_words AS w JOIN framework_version AS v USING (version_no) JOIN framework AS f USING (framework_no)
WHERE w.until IS NOT NULL GROUP BY w.until ORDER BY w.until;

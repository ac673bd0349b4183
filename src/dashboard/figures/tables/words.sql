-- With which versions did words end, and which criteria are asked today in words that ended?
SELECT w.until, list(w.criterion_no) FILTER (WHERE v.version = f.version) AS present
FROM old_words AS w JOIN framework_version AS v USING (version_no) JOIN framework AS f USING (framework_no)
WHERE w.until IS NOT NULL GROUP BY w.until ORDER BY w.until;

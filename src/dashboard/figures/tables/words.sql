-- Which criteria are asked in words that end with a version? `until` is that version; `present` says that they are the words of today.
SELECT w.version_no, w.criterion_no, w.until, v.version = f.version AS present
FROM old_words AS w JOIN framework_version AS v USING (version_no) JOIN framework AS f USING (framework_no)
WHERE w.until IS NOT NULL;

-- Which versions of each framework are there, and when was each published? The latest first.
-- `n_turned` counts criteria whose meaning has changed since, `n_mended` those with only better wording.
SELECT f.title, v.version, v.step, v.published_on,
    count(DISTINCT o.criterion_no) FILTER (WHERE o.until IS NOT NULL) AS n_turned,
    count(DISTINCT o.criterion_no) FILTER (WHERE o.criterion_no IS NOT NULL AND o.until IS NULL) AS n_mended,
    coalesce(any_value(a.n), 0) AS n_answers
FROM framework_version AS v
JOIN framework AS f USING (framework_no)
LEFT JOIN old_words AS o USING (version_no)
LEFT JOIN (SELECT version_no, count(*) AS n FROM answer GROUP BY version_no) AS a USING (version_no)
GROUP BY f.framework_no, f.title, v.version_no, v.version, v.step, v.published_on
ORDER BY f.framework_no, v.step DESC NULLS LAST, v.version DESC;

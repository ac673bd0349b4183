-- Which answers name a version of their framework that nobody has published and no round names?
INSERT INTO found
WITH named AS (
    SELECT s.rowid AS row_id, s.framework_version AS said, c.framework_no
    FROM staged_answers AS s JOIN criterion AS c ON c.criterion = s.criterion
    WHERE s.framework_version IS NOT NULL
),
known AS (
    SELECT framework_no, string_agg(version, ', ' ORDER BY version_of(version)) AS versions,
        list(version_of(version) ORDER BY version) AS keys
    FROM framework_version GROUP BY framework_no
)
SELECT 'unknown_version', 'answers', row_id, 'framework_version', said, versions
FROM named JOIN known USING (framework_no)
WHERE NOT coalesce(list_contains(keys, version_of(said)), false);

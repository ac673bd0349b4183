-- Which versions of the frameworks are there, and what did each ask?

UPDATE framework_version SET step = $step, published_on = $today
FROM framework AS f
WHERE f.framework_no = framework_version.framework_no AND step IS NULL
    AND version_of(f.version) = version_of(framework_version.version);
INSERT INTO framework_version
WITH named AS (
    SELECT framework_no, version, $step AS step, $today AS published_on FROM framework
    UNION ALL
    SELECT f.framework_no, unnest(string_split(split_part(r.said, '=', 2), ',')), NULL, NULL
    FROM (SELECT DISTINCT unnest(string_split(replace(versions, ' ', ''), ';')) AS said FROM sound_rounds) AS r
    JOIN framework AS f ON f.framework = split_part(r.said, '=', 1)
),
new AS (
    SELECT framework_no, any_value(version ORDER BY step NULLS LAST, version) AS version, max(step) AS step,
        max(published_on) AS published_on, version_of(version) AS key
    FROM named AS n
    WHERE NOT EXISTS (
        FROM framework_version AS v
        WHERE v.framework_no = n.framework_no AND version_of(v.version) = version_of(n.version)
    )
    GROUP BY framework_no, version_of(version)
)
SELECT coalesce((SELECT max(version_no) FROM framework_version), 0) + row_number() OVER (ORDER BY framework_no, key),
    framework_no, version, step, published_on
FROM new;

INSERT INTO former_text
SELECT v.version_no, c.criterion_no, c.criterion, c.text, c.since
FROM framework AS f
JOIN framework_version AS v ON v.framework_no = f.framework_no AND version_of(v.version) = version_of(f.version)
JOIN criterion AS c ON c.framework_no = f.framework_no
ANTI JOIN former_text AS t ON t.version_no = v.version_no;

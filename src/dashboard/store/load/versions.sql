-- Which versions of the frameworks are there, what did each ask, and in which words do answers to it stand?

UPDATE framework_version SET step = $step, published_on = $today
FROM framework AS f
WHERE f.framework_no = framework_version.framework_no AND step IS NULL
    AND version_of(f.version) = version_of(framework_version.version);
INSERT INTO framework_version
WITH named AS (
    SELECT framework_no, version, $step AS step, $today AS published_on FROM framework
    UNION ALL
    SELECT f.framework_no, split_part(r.said, '=', 2), NULL, NULL
    FROM (SELECT DISTINCT unnest(versions) AS said FROM round) AS r
    JOIN framework AS f ON f.framework = split_part(r.said, '=', 1)
),
new AS (
    SELECT framework_no, any_value(version ORDER BY step NULLS LAST, version) AS version, max(step) AS step,
        max(published_on) AS published_on, version_of(version) AS key
    FROM named AS n
    WHERE NOT EXISTS (
        FROM framework_version AS v WHERE v.framework_no = n.framework_no AND version_of(v.version) = version_of(n.version)
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

DELETE FROM old_words;
INSERT INTO old_words
-- When did the words of a criterion become others? As its file says now, and as those before said of earlier times.
WITH turn AS (
    SELECT criterion_no, min(said) AS version, version_of(said) AS key
    FROM (
        SELECT criterion_no, since AS said FROM criterion
        UNION ALL
        SELECT t.criterion_no, t.since FROM former_text AS t JOIN criterion AS c USING (criterion_no)
        WHERE version_of(t.since) < version_of(c.since)
    )
    WHERE said IS NOT NULL
    GROUP BY criterion_no, version_of(said)
),
stood AS (
    SELECT v.version_no, c.criterion_no, v.version, t.text, c.text AS present,
        (SELECT arg_min(turn.version, turn.key) FROM turn
            WHERE turn.criterion_no = c.criterion_no AND turn.key > version_of(v.version)) AS until
    FROM framework_version AS v
    JOIN criterion AS c USING (framework_no)
    LEFT JOIN former_text AS t ON t.version_no = v.version_no AND t.criterion_no = c.criterion_no
)
SELECT version_no, criterion_no, version, until, text
FROM stood
WHERE until IS NOT NULL OR regexp_replace(text, '\s+', ' ', 'g') <> regexp_replace(present, '\s+', ' ', 'g');

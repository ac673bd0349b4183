-- Which criteria had another wording in a version than they have now, and which version ended that wording?

DELETE FROM old_words;
INSERT INTO old_words
-- When was a criterion reworded? As its file says now, and as earlier files said about earlier times.
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

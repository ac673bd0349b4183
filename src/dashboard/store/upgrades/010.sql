-- What did tables made before shape 10 lack? Below 10, one number stood for several sets of tables, so every
-- statement checks first. What is missing and not named here is rebuilt from the library, or was never given.
-- $published: every version of a framework published so far, with the step and day of its first publication.

ALTER TABLE round ADD COLUMN IF NOT EXISTS versions VARCHAR[] DEFAULT [];
ALTER TABLE indicator ADD COLUMN IF NOT EXISTS difference_of VARCHAR[] DEFAULT [];
-- A rating was always of something that was found.
ALTER TABLE risk_rating ADD COLUMN IF NOT EXISTS found BOOLEAN DEFAULT true;
ALTER TABLE opportunity_rating ADD COLUMN IF NOT EXISTS found BOOLEAN DEFAULT true;

-- An action is expected to put its criterion in place unless it says otherwise.
ALTER TABLE action ADD COLUMN IF NOT EXISTS expected_status VARCHAR;
UPDATE action SET expected_status = best.status
FROM (
    SELECT c.criterion, arg_max(s.status, struct_pack(value := s.value, earlier := -s.status_no)) AS status
    FROM criterion AS c JOIN scale AS s USING (framework_no) WHERE s.counts_as = 'answered' GROUP BY c.criterion
) AS best
WHERE best.criterion = action.criterion AND action.expected_status IS NULL;

CREATE TABLE IF NOT EXISTS framework_version (
    version_no SMALLINT PRIMARY KEY, framework_no SMALLINT, version VARCHAR, step INTEGER, published_on DATE
);
INSERT INTO framework_version
WITH said AS (
    SELECT f.framework_no, p.version, p.step, p.day
    FROM (SELECT unnest(CAST($published AS STRUCT(framework VARCHAR, version VARCHAR, step INTEGER, day DATE)[])) AS p)
    JOIN framework AS f ON f.framework = p.framework
    UNION ALL
    SELECT f.framework_no, split_part(r.said, '=', 2), NULL, NULL
    FROM (SELECT DISTINCT unnest(versions) AS said FROM round) AS r
    JOIN framework AS f ON f.framework = split_part(r.said, '=', 1)
),
known AS (SELECT framework_no, version, min(step) AS step, min(day) AS day FROM said GROUP BY framework_no, version)
SELECT row_number() OVER (ORDER BY framework_no, step NULLS FIRST, version), framework_no, version, step, day
FROM known WHERE NOT EXISTS (FROM framework_version);

ALTER TABLE criterion ADD COLUMN IF NOT EXISTS since VARCHAR;
CREATE TABLE IF NOT EXISTS former_text (version_no SMALLINT, criterion_no SMALLINT, criterion VARCHAR, text VARCHAR,
    since VARCHAR);
INSERT INTO former_text
SELECT v.version_no, c.criterion_no, c.criterion, c.text, c.since
FROM framework AS f JOIN framework_version AS v USING (framework_no, version) JOIN criterion AS c USING (framework_no)
WHERE NOT EXISTS (FROM former_text);

-- An answer is to the version that its round names, else to the one that was in force.
ALTER TABLE answer ADD COLUMN IF NOT EXISTS version_no SMALLINT;
UPDATE answer SET version_no = v.version_no
FROM (
    SELECT r.round_no, s.status_no, v.version_no
    FROM round AS r
    CROSS JOIN framework AS f
    JOIN scale AS s ON s.framework_no = f.framework_no AND s.counts_as <> 'unanswered'
    JOIN framework_version AS v ON v.framework_no = f.framework_no AND v.version = coalesce(
        split_part(list_filter(r.versions, lambda said: starts_with(said, f.framework || '='))[1], '=', 2), f.version
    )
) AS v
WHERE v.round_no = answer.round_no AND v.status_no = answer.status_no AND answer.version_no IS NULL;

-- Which rounds are there, as rows that could be imported? Each names first the version it asks, then every other one that its answers name:
-- elsewhere, nobody published those.
WITH own AS (
    SELECT round_no, split_part(said, '=', 1) AS framework, split_part(said, '=', 2) AS version
    FROM (SELECT round_no, unnest(versions) AS said FROM round)
),
keys AS (
    SELECT said, CAST(string_split(regexp_replace(said, '(\.0+)+$', ''), '.') AS INTEGER[]) AS key
    FROM (
        SELECT version AS said FROM framework_version UNION SELECT version FROM framework UNION SELECT added FROM criterion
        UNION SELECT version FROM own
    )
),
given AS (
    SELECT round_no, framework, list({said: version, key: key} ORDER BY key DESC) AS versions
    FROM (
        SELECT DISTINCT a.round_no, f.framework, v.version, k.key
        FROM answer AS a JOIN framework_version AS v USING (version_no) JOIN framework AS f USING (framework_no)
        JOIN keys AS k ON k.said = v.version
    )
    GROUP BY round_no, framework
),
added AS (
    SELECT a.round_no, f.framework, max(k.key) AS version
    FROM (SELECT DISTINCT round_no, criterion_no FROM asked) AS a JOIN criterion AS c USING (criterion_no)
    JOIN framework AS f USING (framework_no) JOIN keys AS k ON k.said = c.added
    GROUP BY a.round_no, f.framework
),
-- A round that names none asks the current version; or an earlier one, if it was closed before a later one added criteria.
asks AS (
    SELECT round_no, f.framework, versions, coalesce(
        o.version, CASE WHEN n.version > g.versions[1].key THEN f.version ELSE g.versions[1].said END
    ) AS first
    FROM given AS g FULL JOIN own AS o USING (round_no, framework)
    LEFT JOIN added AS n USING (round_no, framework)
    JOIN framework AS f USING (framework) JOIN keys AS now ON now.said = f.version
    WHERE o.version IS NOT NULL OR len(list_filter(g.versions, lambda one: one.key <> now.key)) > 0
),
said AS (
    SELECT round_no, list(framework || '=' || array_to_string(list_concat(
        [first], list_transform(list_filter(versions, lambda one: one.key <> k.key), lambda one: one.said)
    ), ',') ORDER BY framework) AS versions
    FROM asks JOIN keys AS k ON k.said = first
    GROUP BY round_no
)
SELECT r.round, r.title, r.starts_on, r.ends_on, r.frameworks, s.versions, r.closed, r.round_note AS note
FROM round AS r LEFT JOIN said AS s USING (round_no)
ORDER BY r.position;

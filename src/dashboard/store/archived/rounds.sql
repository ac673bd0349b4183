-- Which rounds are there, as rows that could be imported? An older version that only answers name is named by their round too:
-- elsewhere, nobody published it.
WITH older AS (
    SELECT a.round_no, f.framework || '=' || max(v.version ORDER BY v.version_no) AS said, f.framework
    FROM answer AS a
    JOIN framework_version AS v USING (version_no)
    JOIN framework AS f USING (framework_no)
    WHERE v.version <> f.version
    GROUP BY a.round_no, f.framework
),
named AS (
    SELECT r.round_no, list(o.said ORDER BY o.said) AS versions
    FROM older AS o JOIN round AS r USING (round_no)
    WHERE NOT coalesce(list_contains(list_transform(r.versions, lambda said: split_part(said, '=', 1)), o.framework), false)
    GROUP BY r.round_no
)
SELECT r.round, r.title, r.starts_on, r.ends_on, r.frameworks, list_concat(r.versions, n.versions) AS versions, r.closed, r.round_note AS note
FROM round AS r LEFT JOIN named AS n USING (round_no)
ORDER BY r.position;

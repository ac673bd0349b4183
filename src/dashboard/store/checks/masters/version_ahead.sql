-- Which rounds say that a standard was asked in a version above the one that is loaded?
INSERT INTO found
WITH named AS (
    SELECT rowid AS row_id, split_part(said, '=', 1) AS framework,
        unnest(string_split(split_part(said, '=', 2), ',')) AS version
    FROM (SELECT rowid, unnest(string_split(replace(versions, ' ', ''), ';')) AS said FROM staged_rounds)
)
SELECT 'version_ahead', 'rounds', row_id, 'versions', framework || '=' || named.version, f.version
FROM named JOIN framework AS f USING (framework)
WHERE version_of(named.version) > version_of(f.version);

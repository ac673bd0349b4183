-- Which rounds give the versions of a standard in an unreadable form, or twice?
INSERT INTO found
WITH named AS (
    SELECT rowid AS row_id, versions, replace(versions, ' ', '') AS said,
        regexp_extract_all(replace(versions, ' ', ''), '([^;=]+)=', 1) AS frameworks
    FROM staged_rounds
)
SELECT 'bad_version', 'rounds', row_id, 'versions', versions, 'framework=1.0;other=1.1'
FROM named
WHERE NOT regexp_full_match(said, '([^;=]+=\d{1,4}(\.\d{1,4})*(,\d{1,4}(\.\d{1,4})*)*(;|$))+')
    OR len(list_distinct(frameworks)) < len(frameworks);

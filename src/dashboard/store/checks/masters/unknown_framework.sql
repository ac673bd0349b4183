-- Which rounds or operations refer to a framework that nobody has loaded?
INSERT INTO found
WITH named AS (
    SELECT 'rounds' AS form, rowid AS row_id, 'frameworks' AS col, unnest(string_split(frameworks, ';')) AS framework
    FROM staged_rounds
    UNION ALL
    SELECT 'rounds', rowid, 'versions', unnest(regexp_extract_all(versions, '([^;=]+)=', 1)) FROM staged_rounds
    UNION ALL
    SELECT 'operations', rowid, 'frameworks', unnest(string_split(frameworks, ';')) FROM staged_operations
)
SELECT 'unknown_framework', form, row_id, col, trim(framework), NULL
FROM named WHERE trim(framework) NOT IN (SELECT framework FROM framework);

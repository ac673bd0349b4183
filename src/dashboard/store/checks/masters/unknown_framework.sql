-- Which rounds or operations point at a framework that nobody has loaded?
INSERT INTO found
WITH named AS (
    SELECT 'rounds' AS form, rowid AS row_id, unnest(string_split(frameworks, ';')) AS framework FROM staged_rounds
    UNION ALL
    SELECT 'operations', rowid, unnest(string_split(frameworks, ';')) FROM staged_operations
)
SELECT 'unknown_framework', form, row_id, 'frameworks', trim(framework), NULL
FROM named WHERE trim(framework) NOT IN (SELECT framework FROM framework);

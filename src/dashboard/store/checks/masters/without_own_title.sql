-- Which rows of the lists have a title that something else has? Charts and lists would show the two as one.
INSERT INTO found
WITH staged AS (
    SELECT 'countries' AS form, rowid AS row_id, country AS code, title FROM staged_countries
    UNION ALL SELECT 'operations', rowid, operation, title FROM staged_operations
    UNION ALL SELECT 'rounds', rowid, round, title FROM staged_rounds
    UNION ALL SELECT 'indicators', rowid, indicator, title FROM staged_indicators
), stored AS (
    SELECT 'countries' AS form, country AS code, title FROM country
    UNION SELECT 'countries' AS form, 'GROUP', 'Head office'
    UNION ALL SELECT 'operations', operation, title FROM operation
    UNION ALL SELECT 'rounds', round, title FROM round
    UNION ALL SELECT 'indicators', indicator, title FROM indicator
), present AS (
    -- What gets another code in this load is still the same thing.
    SELECT s.form, coalesce(c.code, s.code) AS code, s.title
    FROM stored AS s LEFT JOIN former_claim AS c ON c.form = s.form AND c.former = s.code AND c.wrong IS NULL
), sound AS (
    FROM staged ANTI JOIN found ON found.form = staged.form AND found.row_id = staged.row_id WHERE title IS NOT NULL
), titled AS (
    -- What is stored comes first, then rows that keep their title, then new rows from top to bottom.
    SELECT form, NULL AS row_id, code, title, 0 AS rank FROM present ANTI JOIN sound USING (form, code)
    UNION ALL
    SELECT form, row_id, code, sound.title, if(present.title = sound.title, 1, 2)
    FROM sound LEFT JOIN present USING (form, code)
), first AS (
    SELECT *, first_value(code) OVER (PARTITION BY form, trim(regexp_replace(lower(nfc_normalize(regexp_replace(
        title, '[\x{AD}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]', '', 'g'
    ))), '[\s\pZ]+', ' ', 'g')) ORDER BY rank, row_id) AS bearer
    FROM titled
)
SELECT 'title_twice', form, row_id, 'title', code, bearer FROM first WHERE row_id IS NOT NULL AND code <> bearer;

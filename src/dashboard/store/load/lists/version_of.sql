-- How are two versions compared? Number by number, ignoring trailing zeros: 1 and 1.0 are the same version. Null for no
-- version.
CREATE OR REPLACE TEMP MACRO version_of(said) AS
    CASE
        WHEN regexp_full_match(said, '\d{1,4}(\.\d{1,4})*')
            THEN TRY_CAST(string_split(regexp_replace(said, '(\.0+)+$', ''), '.') AS INTEGER[])
    END;
-- How strong is evidence, by its word? From 0 to 3; null for no word.
CREATE OR REPLACE TEMP MACRO evidence_level(said) AS
    CAST(CASE said WHEN 'independently_checked' THEN 3 WHEN 'seen' THEN 2 WHEN 'self_declared' THEN 1 WHEN 'none'
        THEN 0 END AS SMALLINT);

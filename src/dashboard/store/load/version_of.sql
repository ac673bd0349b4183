-- How are two versions compared? Number by number. Trailing zeros say nothing: 1 and 1.0 are one version.
CREATE OR REPLACE TEMP MACRO version_of(said) AS
    TRY_CAST(string_split(regexp_replace(said, '(\.0+)+$', ''), '.') AS INTEGER[]);

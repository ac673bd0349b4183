-- Which operations are to be handed workbooks in something that is not the code of a language?
INSERT INTO found
SELECT 'no_language', 'operations', rowid, 'language', language, 'fr'
FROM staged_operations WHERE NOT regexp_full_match(lower(language), '[a-z]{2,3}(-[a-z0-9]+)*');

-- What do the lists, scales and bands call their entries themselves? Their own titles stand in `wording` as English, by
-- kind and code, unless a file gives others. In other languages there is a row only of what is translated.

CREATE OR REPLACE VIEW listed AS
SELECT 'country/' || country AS id, title, '' AS text FROM country
UNION ALL SELECT DISTINCT 'region/' || region, region, '' FROM country WHERE region <> ''
UNION ALL SELECT 'round/' || round, title, coalesce(round_note, '') FROM round
UNION ALL SELECT 'indicator/' || indicator, title, unit FROM indicator
UNION ALL SELECT 'area_word/' || framework, area_word, '' FROM framework
UNION ALL SELECT DISTINCT wording_id, title, '' FROM scale WHERE number IS NULL
UNION ALL SELECT 'band/' || framework || '/' || band, b.title, '' FROM band AS b JOIN framework USING (framework_no)
-- The families of areas and the elements of criteria, where figures are means of them.
UNION ALL SELECT DISTINCT 'part/' || framework || '/' || p.name, p.name, '' FROM (
    SELECT framework_no, unnest([parts[1], parts[3][len(area) + 4:]]) AS name
    FROM criterion_area JOIN area USING (area_no)
) AS p JOIN framework USING (framework_no) WHERE p.name <> '';

DELETE FROM wording WHERE NOT translated AND contains(id, '/');

INSERT INTO wording BY NAME
SELECT 'en' AS language, id, title, text, false AS translated
FROM listed ANTI JOIN (FROM wording WHERE language = 'en') USING (id);

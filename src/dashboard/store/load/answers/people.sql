-- How are granted roles written? All rows of a person replace what they were granted before; a row without a role
-- grants nothing.
DELETE FROM person_grant USING sound_people AS s WHERE person_grant.subject = s.subject;
INSERT INTO person_grant BY NAME
SELECT DISTINCT subject, role, coalesce(scope, 'group') AS scope FROM sound_people WHERE role IS NOT NULL ORDER BY ALL;

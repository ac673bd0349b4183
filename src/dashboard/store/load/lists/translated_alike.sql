-- Which two things of a kind are called the same in a language? What has no title in it is called by its own.
SELECT language, min(id) AS first, max(id) AS second
FROM (
    SELECT s.language, l.id, lower(trim(coalesce(w.title, l.title))) AS title
    FROM (SELECT DISTINCT language FROM wording WHERE translated AND contains(id, '/')) AS s
    CROSS JOIN listed AS l LEFT JOIN wording AS w ON w.language = s.language AND w.id = l.id
    -- Two standards may have the same word for their areas.
    WHERE l.id NOT LIKE 'area\_word/%' ESCAPE '\'
)
GROUP BY language, regexp_extract(id, '^(.*)/', 1), title HAVING count(*) > 1
ORDER BY ALL;

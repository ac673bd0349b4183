-- How do the standards relate? Which criteria relate to which?

-- A criterion that continues one of an earlier edition relates to it: strongly if each continues only the other.
CREATE OR REPLACE TEMP VIEW direct_link AS
WITH stated AS (
    SELECT s.criterion_no AS from_no, t.criterion_no AS to_no, s.areas AS from_areas, t.areas AS to_areas, x.strength,
        x.basis
    FROM crosswalk AS x JOIN criterion_card AS s ON s.criterion = x.source
    JOIN criterion_card AS t ON t.criterion = x.target
    WHERE x.source_type = 'criterion' AND x.target_type = 'criterion'
),
continued AS (
    SELECT criterion_no, earlier_no,
        CASE WHEN count(*) OVER (PARTITION BY criterion_no) = 1 AND count(*) OVER (PARTITION BY earlier_no) = 1
            THEN 'primary' ELSE 'secondary' END AS strength
    FROM succession
),
-- Areas that are linked without naming criteria: each criterion may relate to each, but none strongly.
whole_areas AS (
    SELECT s.criterion_no AS from_no, t.criterion_no AS to_no, 'secondary' AS strength, x.basis
    FROM crosswalk AS x
    JOIN area AS a ON a.area = x.source JOIN area AS b ON b.area = x.target
    JOIN area_card AS s ON s.area = a.area JOIN area_card AS t ON t.area = b.area
    WHERE x.source_type = 'area' AND x.target_type = 'area' AND NOT EXISTS (
        FROM stated AS k WHERE (list_contains(k.from_areas, a.area) AND list_contains(k.to_areas, b.area))
            OR (list_contains(k.from_areas, b.area) AND list_contains(k.to_areas, a.area))
    )
),
one_way AS (
    SELECT from_no, to_no, strength, basis FROM stated
    UNION ALL SELECT from_no, to_no, strength, basis FROM whole_areas
    UNION ALL SELECT criterion_no, earlier_no, strength, 'project' FROM continued
)
SELECT from_no, to_no, min(strength) AS strength, max(basis) AS basis
FROM (FROM one_way UNION ALL SELECT to_no, from_no, strength, basis FROM one_way)
GROUP BY from_no, to_no;

-- Those between standards.
CREATE OR REPLACE TABLE speaks AS
SELECT d.*, t.framework AS to_framework
FROM direct_link AS d
JOIN criterion_card AS s ON s.criterion_no = from_no JOIN criterion_card AS t ON t.criterion_no = to_no
WHERE s.framework <> t.framework;

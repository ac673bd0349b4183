-- How do the standards relate? Which criteria relate to which?

-- A criterion that continues one of an earlier edition relates to it: strongly if each continues only the other.
CREATE OR REPLACE TEMP VIEW direct_link AS
WITH stated AS (
    SELECT s.criterion_no AS from_no, t.criterion_no AS to_no, s.areas AS from_areas, t.areas AS to_areas, x.strength, x.basis
    FROM crosswalk AS x JOIN criterion_card AS s ON s.criterion = x.source JOIN criterion_card AS t ON t.criterion = x.target
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

-- Over two steps, a link is as strong as the weaker of them; it counts only if there is no direct link.
CREATE OR REPLACE TABLE speaks AS
WITH sided AS (
    SELECT d.*, s.framework AS from_framework, t.framework AS to_framework
    FROM direct_link AS d
    JOIN criterion_card AS s ON s.criterion_no = from_no JOIN criterion_card AS t ON t.criterion_no = to_no
    WHERE s.framework <> t.framework
),
two AS (
    SELECT a.from_no, b.to_no, min(greatest(a.strength, b.strength)) AS strength, max(greatest(a.basis, b.basis)) AS basis,
        a.from_framework, b.to_framework, list(DISTINCT k.criterion ORDER BY k.criterion) AS via
    FROM sided AS a JOIN sided AS b ON a.to_no = b.from_no JOIN criterion AS k ON k.criterion_no = a.to_no
    WHERE a.from_framework <> b.to_framework AND NOT EXISTS (
        FROM sided AS d WHERE d.to_no = b.to_no AND d.from_framework = a.from_framework
    )
    GROUP BY a.from_no, b.to_no, a.from_framework, b.to_framework
)
SELECT from_no, to_no, strength, basis, from_framework, to_framework, 1 AS steps, CAST([] AS VARCHAR[]) AS via FROM sided
UNION ALL
SELECT from_no, to_no, strength, basis, from_framework, to_framework, 2, via FROM two;

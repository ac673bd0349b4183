-- Guidance and cases with the areas and rights of their criteria, so that every filter applies to them too.
CREATE OR REPLACE TABLE guidance_card AS
SELECT g.*, list_position(['start', 'build', 'lead'], g.step) AS effort, k.areas, k.rights, k.frameworks
FROM guidance AS g JOIN (
    SELECT guidance, list_distinct(flatten(list(k.areas ORDER BY k.criterion_no))) AS areas,
        list_distinct(flatten(list(rights ORDER BY k.criterion_no))) AS rights,
        list(DISTINCT framework ORDER BY framework) AS frameworks
    FROM (SELECT guidance, unnest(criteria) AS criterion FROM guidance) JOIN criterion_card AS k USING (criterion)
    GROUP BY guidance
) AS k USING (guidance) ORDER BY g.position;

CREATE OR REPLACE TABLE case_card AS
SELECT g.*, k.areas, k.rights, k.frameworks
FROM case_study AS g JOIN (
    SELECT case_study, list_distinct(flatten(list(k.areas ORDER BY k.criterion_no))) AS areas,
        list_distinct(flatten(list(rights ORDER BY k.criterion_no))) AS rights,
        list(DISTINCT framework ORDER BY framework) AS frameworks
    FROM (SELECT case_study, unnest(criteria) AS criterion FROM case_study) JOIN criterion_card AS k USING (criterion)
    GROUP BY case_study
) AS k USING (case_study) ORDER BY g.position;

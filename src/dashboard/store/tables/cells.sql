-- Which criteria belong to which cell of a crosswalk, and how strong is the link between its ends?

-- Which criteria are folded into which cell of which grid? `right` has rights by framework; a framework's id, `rights`,
-- `risk_area` and `function` have the areas of every other framework against it; `impact` has what addresses each
-- impact.
CREATE OR REPLACE TABLE cell AS
SELECT DISTINCT 'right' AS grid, criterion_no, target AS row_code, framework AS column_code
FROM criterion_link JOIN criterion_card USING (criterion_no) WHERE target_type = 'theme'
UNION ALL
SELECT DISTINCT CASE target_type WHEN 'theme' THEN 'rights' ELSE target_type END, criterion_no, area, target
FROM criterion_link JOIN area_card USING (criterion_no) WHERE target_type IN ('theme', 'risk_area', 'function')
UNION ALL
SELECT DISTINCT p.to_framework, p.from_no, s.area, t.area
FROM speaks AS p JOIN area_card AS s ON s.criterion_no = p.from_no JOIN area_card AS t ON t.criterion_no = p.to_no
UNION ALL
-- The criteria whose answers lessen a risk, or enable an opportunity.
SELECT 'impact', criterion_no, impact, framework
FROM (SELECT impact, unnest(criteria) AS criterion FROM impact) JOIN criterion_card USING (criterion)
UNION ALL
SELECT 'area', criterion_no, area, framework FROM area_card;

-- How strong is the link between an area and something, and what is its basis? An area may be linked although no
-- criterion is.
CREATE OR REPLACE TABLE bond AS
WITH said AS (
    SELECT p.to_framework AS grid, s.area AS row_code, t.area AS column_code, p.strength, p.basis
    FROM speaks AS p JOIN area_card AS s ON s.criterion_no = p.from_no JOIN area_card AS t ON t.criterion_no = p.to_no
    UNION ALL
    SELECT f.framework, a.area, b.area, x.strength, x.basis
    FROM (
        SELECT source, target, strength, basis FROM crosswalk WHERE source_type = 'area' AND target_type = 'area'
        UNION ALL SELECT target, source, strength, basis FROM crosswalk
        WHERE source_type = 'area' AND target_type = 'area'
    ) AS x
    JOIN area AS a ON a.area = x.source JOIN area AS b ON b.area = x.target
    JOIN framework AS f ON f.framework_no = b.framework_no
    UNION ALL
    SELECT x.target_type, source, target, strength, basis FROM crosswalk AS x
    WHERE target_type IN ('risk_area', 'function')
    UNION ALL
    SELECT 'rights', source, unnest(r.themes), strength, x.basis
    FROM crosswalk AS x JOIN crc_right AS r ON r."right" = x.target WHERE target_type = 'right'
    UNION ALL
    -- What a criterion's own lists say is the project's own mapping.
    SELECT grid, row_code, column_code, 'secondary', 'project' FROM cell
    WHERE grid IN ('rights', 'risk_area', 'function')
)
SELECT grid, row_code, column_code, min(strength) AS strength, max(basis) AS basis
FROM said GROUP BY grid, row_code, column_code;

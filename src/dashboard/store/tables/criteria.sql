-- What is each criterion, with everything that it refers to? Small tables that include all names, so that a page need
-- not join. See docs/decisions/0009-sums.md.

CREATE OR REPLACE TABLE criterion_card AS
SELECT k.*, a.area, a.code AS area_code, m.areas, f.framework, f.coverage_limit, f.count_below,
    coalesce(l.risk_areas, []) AS risk_areas, coalesce(l.rights, []) AS rights,
    coalesce(l.functions, []) AS functions
FROM criterion AS k
JOIN area AS a USING (area_no)
-- All areas in which it counts, in order; `area` is its own.
JOIN (
    SELECT criterion_no, list(area ORDER BY area_no) AS areas FROM criterion_area JOIN area USING (area_no)
    GROUP BY criterion_no
) AS m USING (criterion_no)
JOIN framework AS f ON f.framework_no = k.framework_no
LEFT JOIN (
    SELECT criterion_no, list(target ORDER BY target) FILTER (WHERE target_type = 'risk_area') AS risk_areas,
        -- Articles and the rights they make up, in one list: a filter may hold either.
        list(target ORDER BY target) FILTER (WHERE target_type IN ('theme', 'right')) AS rights,
        list(target ORDER BY position) FILTER (WHERE target_type = 'function') AS functions
    FROM criterion_link GROUP BY criterion_no
) AS l USING (criterion_no);

-- Each criterion once in every area that it counts in.
CREATE OR REPLACE VIEW area_card AS
SELECT k.* EXCLUDE (area, area_no, area_code), a.area, a.area_no, a.code AS area_code
FROM criterion_card AS k JOIN criterion_area AS m USING (criterion_no) JOIN area AS a ON a.area_no = m.area_no;

-- What each criterion counts in, area by area: see `criterion_area`.
CREATE OR REPLACE VIEW criterion_part AS
SELECT k.criterion, a.area, m.parts, m.weights
FROM criterion AS k JOIN criterion_area AS m USING (criterion_no) JOIN area AS a ON a.area_no = m.area_no;

-- Through which family, area and element does each criterion enter figures, in each of its areas?
SELECT criterion_no, area, parts, weights FROM criterion_area JOIN area USING (area_no) ORDER BY area_no, criterion_no;

-- What can a criterion's figures be grouped by? A criterion that serves several risk areas or rights is in each.
SELECT facet AS grid, criterion_no, code AS row_code, '' AS column_code FROM criterion_facet
ORDER BY facet, code_position, code, criterion_no;

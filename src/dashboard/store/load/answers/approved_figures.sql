-- Where is what was just approved, so that its figures are kept with it?
UPDATE approval SET figures = $figures
WHERE state = 'approved' AND round_no = (SELECT round_no FROM round WHERE round = $level.round)
    AND operation_no IS NOT DISTINCT FROM (SELECT operation_no FROM operation WHERE operation = $level.operation)
    AND country_no IS NOT DISTINCT FROM (SELECT country_no FROM country WHERE country = $level.country);

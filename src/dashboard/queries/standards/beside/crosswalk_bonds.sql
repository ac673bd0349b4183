-- How strong is what links each area to what it is held against, and who says so?
SELECT row_code, column_code, strength, basis FROM bond WHERE grid = $against ORDER BY row_code, column_code;

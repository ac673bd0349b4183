-- How strong is the link between each area and what it is crossed with, and what is its basis?
SELECT row_code, column_code, strength, basis FROM bond WHERE grid = $against ORDER BY row_code, column_code;

-- Which criteria belong to which cell of which grid? See `store/tables/cells.sql`.
SELECT grid, criterion_no, row_code, column_code FROM cell ORDER BY grid, row_code, column_code, criterion_no;

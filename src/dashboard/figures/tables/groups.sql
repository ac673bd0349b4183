-- Which operations belong to each group of operations that can be compared?
SELECT subject, operation FROM subject_operation ORDER BY subject, operation;

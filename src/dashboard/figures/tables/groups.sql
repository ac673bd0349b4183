-- Which operations belong to each group of operations that can be compared, and what is it called?
SELECT subject, title, operation FROM subject_operation ORDER BY subject, operation;

-- Which step brought the last answers of an operation in a round? This one, for everything that it names.
DELETE FROM brought USING said AS s WHERE brought.round_no = s.round_no AND brought.operation_no = s.operation_no;
INSERT INTO brought SELECT round_no, operation_no, $step FROM said ORDER BY round_no, operation_no;

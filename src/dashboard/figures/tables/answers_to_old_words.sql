-- Which answers are to a wording that ended with a version?
SELECT CAST(a.round_no AS INTEGER) * $width + a.criterion_no AS cell, a.operation_no, w.until
FROM answer AS a JOIN old_words AS w USING (version_no, criterion_no) WHERE w.until IS NOT NULL;

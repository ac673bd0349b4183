-- What does every operation answer to every criterion in every round? Where nothing is said of evidence, it is -1; without a version, 0.
SELECT round_no, operation_no, criterion_no, status_no, coalesce(evidence, -1) AS evidence, coalesce(version_no, 0) AS version_no FROM answer;

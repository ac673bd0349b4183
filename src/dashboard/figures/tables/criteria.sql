-- What is each criterion, for the figures? In the order of the standards.
SELECT criterion_no, criterion, framework, area, kind, critical, inherits, weight, scale_no, risk_areas
FROM criterion_card ORDER BY criterion_no;

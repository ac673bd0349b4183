-- What does each criterion of the framework say of itself, in the framework's order?
SELECT criterion, area, evidence_hint, level, weight, since, services, citation, verification
FROM criterion_card WHERE framework = $framework ORDER BY area_no, criterion_no;

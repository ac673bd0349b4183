-- Which criteria may be reviewed across operations? All criteria of the framework that the filters keep, with text and
-- source.
SELECT k.criterion, k.area_code, k.kind, k.critical, k.reversed, k.weight, w.text, w.evidence_hint, k.citation,
    k.verification,
    k.services, k.since, a.title AS area_title
FROM chosen_criteria($framework, $criteria) AS k
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
JOIN wording AS a ON a.id = k.area AND a.language = $lang
ORDER BY k.criterion_no;

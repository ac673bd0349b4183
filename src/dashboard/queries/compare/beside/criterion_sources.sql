-- Where does each criterion of a framework come from, what evidence could there be, and does it count the other way
-- round?
SELECT criterion, citation, verification, w.evidence_hint, k.reversed
FROM criterion AS k JOIN framework USING (framework_no) JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
WHERE framework = $framework
ORDER BY criterion_no;

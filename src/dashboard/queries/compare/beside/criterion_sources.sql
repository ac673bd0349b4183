-- Where does each criterion of a framework come from, and what evidence could there be?
SELECT criterion, citation, verification, evidence_hint FROM criterion JOIN framework USING (framework_no) WHERE framework = $framework
ORDER BY criterion_no;

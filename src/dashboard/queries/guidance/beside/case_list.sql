-- Which cases are there, in order: who, where, when, how sure, and on which criteria does each bear?
SELECT case_study, who, "where", began, ended, case_kind, confidence, shows, criteria FROM case_card ORDER BY position;

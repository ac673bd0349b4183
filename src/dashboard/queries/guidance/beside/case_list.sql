-- Which cases are there, in order: who, where, when, how certain, and which criteria does each concern?
SELECT case_study, who, "where", began, ended, case_kind, confidence, shows, criteria FROM case_card ORDER BY position;

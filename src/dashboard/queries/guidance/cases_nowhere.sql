-- How many cases are there in all, and how many of those that every filter but the country keeps name no country?
SELECT (SELECT count(*) FROM case_study) AS n_all, count(*) FILTER (WHERE len(countries) = 0) AS n_nowhere
FROM case_card WHERE list_contains($library, case_study);

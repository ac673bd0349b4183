-- Which criteria does one case concern, in its own order, the best match first?
SELECT unnest(criteria) AS criterion FROM case_study WHERE case_study = $case_study;

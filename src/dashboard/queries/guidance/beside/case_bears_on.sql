-- On which criteria does one case bear, as it names them, the fittest first?
SELECT unnest(criteria) AS criterion FROM case_study WHERE case_study = $case_study;

-- From which year to which do all cases of the publication reach, filtered or not? In whole steps of five, so that the axis of
-- years stays where it is. One that goes on reaches to this year.
SELECT CAST(5 * (min(began) // 5) AS INTEGER) AS first_year,
    CAST(5 * ((greatest(max(coalesce(ended, began)), year($today)) + 5) // 5) AS INTEGER) AS last_year
FROM case_study HAVING count(*) > 0;

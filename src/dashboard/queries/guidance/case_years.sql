-- Which years do all cases of the publication span, whether or not the filters keep them? In steps of five, so that the
-- axis of years does not move. Cases without an end reach to this year.
SELECT CAST(5 * (min(began) // 5) AS INTEGER) AS first_year,
    CAST(5 * ((greatest(max(coalesce(ended, began)), year($today)) + 5) // 5) AS INTEGER) AS last_year
FROM case_study HAVING count(*) > 0;

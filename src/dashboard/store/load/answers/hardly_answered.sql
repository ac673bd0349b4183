-- In which standards does the typical operation leave most of what it is asked unanswered? Of each, the last round that
-- is over and has answers. Operations that answered nothing do not count: they have not begun.
WITH recent AS (
    SELECT framework_no, max_by(round_no, position) AS round_no
    FROM tally JOIN criterion USING (criterion_no) JOIN round USING (round_no)
    WHERE ends_on < $today AND n_unanswered < n_asked GROUP BY framework_no
),
own AS (
    SELECT framework_no, operation_no, count(*) AS n_asked, count(*) FILTER (counts_as <> 'unanswered') AS n_said
    FROM answer JOIN scale USING (status_no) SEMI JOIN recent USING (round_no, framework_no)
    JOIN operation USING (operation_no)
    WHERE kind = 'operation' GROUP BY ALL HAVING n_said > 0
)
SELECT framework, count(*) AS n, CAST(quantile_disc(n_said, 0.5) AS INTEGER) AS said,
    CAST(quantile_disc(n_asked, 0.5) AS INTEGER) AS asked
FROM own JOIN framework USING (framework_no)
GROUP BY framework HAVING n >= $fewest AND 2 * said < asked ORDER BY framework;

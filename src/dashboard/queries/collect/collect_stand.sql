-- How far is the round: how many operations within the filters have answered anything, and how much is left?
WITH read AS (
    SELECT a.operation_no, count(*) AS n_asked, count(*) FILTER (WHERE s.counts_as = 'unanswered') AS n_left
    FROM answer AS a
    JOIN scale AS s USING (status_no)
    JOIN framework AS f USING (framework_no)
    JOIN operation AS o ON o.operation_no = a.operation_no
    JOIN country AS c USING (country_no)
    WHERE a.round_no = (SELECT round_no FROM round WHERE round = $round) AND f.framework = $framework
        AND list_contains($countries, c.country)
    GROUP BY a.operation_no
)
SELECT (SELECT title FROM round WHERE round = $round) AS round_title, count(*) AS n_operations,
    count(*) FILTER (WHERE n_left < n_asked) AS n_begun, count(*) FILTER (WHERE n_left = 0) AS n_done,
    CAST(coalesce(sum(n_left), 0) AS BIGINT) AS n_left, CAST(coalesce(sum(n_asked), 0) AS BIGINT) AS n_asked
FROM read;

-- Which figures are hidden in every country only by criteria that nobody has ever answered? In the last round that is
-- over and has answers; of a whole standard (area is null), or else of single areas; not in standards of which too few
-- operations answered any one criterion.
WITH recent AS (
    SELECT framework_no, max_by(round_no, position) AS round_no
    FROM tally JOIN criterion USING (criterion_no) JOIN round USING (round_no)
    WHERE ends_on < $today AND n_unanswered < n_asked GROUP BY framework_no
),
telling AS (
    SELECT framework_no FROM tally JOIN criterion USING (criterion_no) SEMI JOIN recent USING (round_no, framework_no)
    WHERE operation_no IS NULL GROUP BY framework_no, criterion_no HAVING sum(n_asked - n_unanswered) >= $fewest
),
never AS (SELECT criterion_no FROM tally GROUP BY criterion_no HAVING sum(n_asked - n_unanswered) = 0),
counted AS (
    SELECT framework_no, area_no, country_no, count(*) AS n, count(*) FILTER (criterion_no IN (FROM never)) AS n_never,
        sum(n_answered) AS answered, sum(n_applicable) AS applicable,
        coalesce(sum(n_applicable) FILTER (criterion_no NOT IN (FROM never)), 0) AS ever
    FROM tally JOIN criterion USING (criterion_no) SEMI JOIN recent USING (round_no, framework_no)
    JOIN country USING (country_no)
    WHERE operation_no IS NULL AND country <> 'GROUP'
    GROUP BY GROUPING SETS ((framework_no, country_no), (framework_no, area_no, country_no))
),
hidden AS (
    SELECT framework, area_no, max(n_never) AS n_never, max(n) AS n
    FROM counted SEMI JOIN telling USING (framework_no) JOIN framework USING (framework_no) WHERE answered > 0
    GROUP BY framework, area_no, coverage_limit
    HAVING max(answered / applicable) < coverage_limit AND max(answered / ever) >= coverage_limit
)
SELECT framework, area, n_never, n FROM hidden LEFT JOIN area USING (area_no)
WHERE area_no IS NULL OR framework NOT IN (SELECT framework FROM hidden WHERE area_no IS NULL)
ORDER BY framework, area;

-- Which criteria have all subjects answered, and which apply to all? A subject of several countries has answered a
-- criterion when as many of those it applies to have, as the framework's coverage limit asks; a single operation when it has.
WITH folded AS (
    SELECT criterion_no, criterion, subject, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        any_value(coverage_limit) AS coverage_limit
    FROM compared($framework, $round, $subject, $criteria, [])
    WHERE kind = $kind
    GROUP BY criterion_no, criterion, subject
)
SELECT criterion, count(*) FILTER (WHERE n_applicable > 0) = len($subject) AS applies_to_all,
    count(*) FILTER (WHERE n_answered > 0 AND coverage_of(n_answered, n_applicable) >= coverage_limit) = len($subject)
        AS answered_by_all
FROM folded
GROUP BY criterion_no, criterion
HAVING count(*) FILTER (WHERE n_applicable > 0) > 0
ORDER BY criterion_no;

-- What is to do for each operation and standard, in the round or, without one, in every open one: answer, reply to a
-- reviewer, review? Filters do not count, because people owe what they owe. `steps` counts what awaits review by the
-- publication that brought it, so that nobody is offered their own.
WITH now AS (SELECT round_no, round, title, ends_on FROM round WHERE $round IN ('', round) AND NOT closed),
held AS (
    SELECT a.round_no, a.operation_no, k.framework_no, s.counts_as = 'unanswered' AS unanswered,
        coalesce(x.mark = 'asked_back', false) AS back,
        CASE
            WHEN s.counts_as = 'unanswered' THEN false
            WHEN x.mark IS NULL THEN s.counts_as <> 'not_known'
            ELSE x.mark IN ('changed', 'answered_back')
        END AS waits, coalesce(a.step, 0) AS step
    FROM (SELECT round_no, operation_no, criterion_no, status_no, step FROM answer SEMI JOIN now USING (round_no)) AS a
    JOIN criterion AS k USING (criterion_no)
    JOIN scale AS s USING (status_no)
    LEFT JOIN (SELECT round_no, operation_no, criterion_no, mark FROM reviewed SEMI JOIN now USING (round_no)) AS x
        USING (round_no, operation_no, criterion_no)
),
by_step AS (
    SELECT round_no, operation_no, framework_no, step, count(*) AS n_asked,
        count(*) FILTER (WHERE unanswered) AS n_left,
        count(*) FILTER (WHERE back) AS n_back, count(*) FILTER (WHERE waits) AS n
    FROM held GROUP BY round_no, operation_no, framework_no, step
),
by_operation AS (
    SELECT round_no, operation_no, framework_no, CAST(sum(n_asked) AS BIGINT) AS n_asked,
        CAST(sum(n_left) AS BIGINT) AS n_left,
        CAST(sum(n_back) AS BIGINT) AS n_back, list({step: step, n: n} ORDER BY step) AS steps
    FROM by_step GROUP BY round_no, operation_no, framework_no
)
SELECT now.round, now.title AS round_title, now.ends_on, f.framework, f.short_title AS framework_title, o.operation,
    o.title AS operation_title,
    c.country, b.n_asked, b.n_left, b.n_back, b.steps
FROM by_operation AS b
JOIN now USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN framework AS f USING (framework_no)
WHERE o.kind <> 'rest'
-- What is due next comes first, then what should have been done, the latest round first.
ORDER BY now.ends_on < $today, abs(date_diff('day', $today, now.ends_on)), now.round_no, c.country = 'GROUP',
    in_order(c.title), in_order(o.title), o.operation, f.framework_no;

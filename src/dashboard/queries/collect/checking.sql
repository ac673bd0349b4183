-- Which answers await review by a second role, the most important first, and why does each matter? At most 100; `all_…`
-- count all. At most 50 more are on hold, which `all_…` do not count. Most important is what is critical, then what is
-- called not applicable, then what improved since the round before, then what has changed since. Nothing of an
-- operation that is approved in the round, as nothing of it can change.
WITH now AS (SELECT round_no, position FROM round WHERE round = $round),
before AS (
    SELECT round_no FROM round AS r
    JOIN (SELECT DISTINCT round FROM participation WHERE framework = $framework) USING (round)
    WHERE r.position < (SELECT position FROM now) ORDER BY r.position DESC LIMIT 1
),
wanted AS (
    SELECT criterion_no, criterion, critical, scale_no, coalesce(functions[1], '') AS function
    FROM chosen_criteria($framework, $criteria)
),
-- Only codes are paired: names and notes are needed for few of the many answers.
earlier AS (
    SELECT operation_no, criterion_no, s.value, w.until
    FROM (SELECT operation_no, criterion_no, status_no, version_no
        FROM answer SEMI JOIN before USING (round_no) SEMI JOIN wanted USING (criterion_no))
    JOIN scale AS s USING (status_no)
    LEFT JOIN old_words AS w USING (version_no, criterion_no)
),
waiting AS MATERIALIZED (
    SELECT a.operation_no, a.criterion_no, s.counts_as, s.value, s.status, s.title AS status_title, x.mark,
        coalesce(s.value > e.value AND coalesce(w.until, '') = coalesce(e.until, ''), false) AS raised, k.critical
    FROM (SELECT operation_no, criterion_no, status_no, version_no FROM answer SEMI JOIN now USING (round_no)
        ANTI JOIN (FROM approval SEMI JOIN now USING (round_no) WHERE state = 'approved') USING (operation_no)) AS a
    JOIN wanted AS k USING (criterion_no)
    JOIN scale AS s USING (status_no)
    JOIN named_operation AS o USING (operation_no)
    JOIN country AS c USING (country_no)
    LEFT JOIN (FROM reviewed SEMI JOIN now USING (round_no)) AS x USING (operation_no, criterion_no)
    LEFT JOIN earlier AS e USING (operation_no, criterion_no)
    LEFT JOIN old_words AS w ON w.version_no = a.version_no AND w.criterion_no = a.criterion_no
    WHERE list_contains($countries, c.country) AND $operation IN ('', o.operation) AND s.counts_as <> 'unanswered'
        AND CASE WHEN x.mark IS NULL THEN s.counts_as <> 'not_known' ELSE x.mark
            IN ('changed', 'answered_back', 'on_hold') END
),
-- Counted separately: window functions over everything that waits would take seconds.
counted AS (
    SELECT count(*) AS all_n, count(*) FILTER (WHERE critical) AS all_critical,
        count(*) FILTER (WHERE raised) AS all_raised,
        count(*) FILTER (WHERE counts_as = 'not_applicable') AS all_not_applicable, count(mark) AS all_changed
    FROM waiting WHERE mark IS DISTINCT FROM 'on_hold'
),
picked AS (
    (FROM waiting JOIN named_operation AS o USING (operation_no) SELECT waiting.*, operation WHERE mark = 'on_hold'
    ORDER BY operation, criterion_no LIMIT 50)
    UNION ALL
    (SELECT g.*, operation FROM waiting AS g JOIN named_operation AS o USING (operation_no)
    WHERE mark IS DISTINCT FROM 'on_hold'
    ORDER BY critical DESC, counts_as = 'not_applicable' DESC, raised DESC, mark IS NOT NULL DESC, operation,
        criterion_no LIMIT 100)
)
SELECT p.* EXCLUDE (operation_no, criterion_no), counted.*, $round AS round, o.title AS operation_title, k.criterion,
    k.function, k.scale_no, w.text,
    ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1] AS evidence,
    a.evidence AS evidence_level,
    {{ stored('answers', 'a', 'evidence') }}, v.version AS framework_version, x.verdict, x.comment, x.reviewed_by_role,
    x.reviewed_on,
    x.rated_status, t.title AS said_status_title, a.step
FROM picked AS p
CROSS JOIN counted
JOIN wanted AS k USING (criterion_no)
JOIN named_operation AS o ON o.operation_no = p.operation_no
JOIN (FROM answer SEMI JOIN now USING (round_no)) AS a ON a.operation_no = p.operation_no
    AND a.criterion_no = p.criterion_no
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN framework_version AS v USING (version_no)
LEFT JOIN review AS x ON x.round_no = a.round_no AND x.operation_no = a.operation_no AND x.criterion_no = a.criterion_no
LEFT JOIN scale AS t ON t.status_no = x.said.status_no
ORDER BY p.critical DESC, p.counts_as = 'not_applicable' DESC, p.raised DESC, p.mark IS NOT NULL DESC, p.operation,
    p.criterion_no;

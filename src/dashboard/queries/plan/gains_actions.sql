-- Which actions are expected to raise a score of this round, and what did the next round measure? One row per action.
-- `becomes` is the imagined answer if all actions that count achieve what they expect: the best expected status, if
-- that is better than what was answered. `measured` is the comparable answer in the framework's next round; `measure`
-- says why there is none. An action without a round of the framework belongs to the last round that began on or before
-- its due date, else to the first.
WITH own_rounds AS (
    SELECT DISTINCT r.round, r.round_no, r.title, r.position, r.starts_on
    FROM participation JOIN round AS r USING (round) WHERE framework = $framework
),
later AS (
    SELECT round_no, title FROM own_rounds WHERE position > (SELECT position FROM round WHERE round = $round)
    ORDER BY position LIMIT 1
),
placed AS (
    SELECT t.* EXCLUDE (round), coalesce(any_value(o.round) FILTER (WHERE o.round = t.round),
        arg_max(o.round, o.position) FILTER (WHERE o.starts_on <= t.due_on), arg_min(o.round, o.position)) AS round
    FROM todo AS t CROSS JOIN own_rounds AS o
    WHERE framework = $framework AND list_contains($countries, country) AND list_contains($criteria, criterion)
        AND kept($within, criterion)
    GROUP BY ALL
),
read AS (
    SELECT t.action, t.status, t.text AS action_text, t.owner_role, t.due_on, t.country, t.country_title,
        t.operation_no,
        k.criterion, k.criterion_no, k.area, k.area_no,
        t.status IN ('open', 'in_progress', 'done') AND a.status_no IS NOT NULL AS counts,
        a.status_no IS NOT NULL AS asked, s.title AS was_title, s.counts_as AS was_as, s.value AS was_value,
        e.status AS expected, e.title AS expected_title, e.value AS expected_value, m.status AS measured,
        m.title AS measured_title, m.counts_as AS measured_as, m.value AS measured_value, later.title AS later_title,
        CASE
            WHEN later.round_no IS NULL THEN 'no_round' WHEN n.status_no IS NULL THEN 'not_asked_later'
            WHEN m.counts_as <> 'answered' THEN 'not_answered'
            WHEN a.version_no IS NOT NULL AND coalesce(nw.until, '') <> coalesce(ow.until, '') THEN 'reworded'
            ELSE 'measured'
        END AS measure
    FROM placed AS t
    JOIN criterion_card AS k ON k.criterion = t.criterion AND k.kind = $kind
    JOIN round AS r ON r.round = t.round
    LEFT JOIN later ON true
    LEFT JOIN answer AS a ON a.round_no = r.round_no AND a.operation_no = t.operation_no
        AND a.criterion_no = k.criterion_no
    LEFT JOIN answer AS n ON n.round_no = later.round_no AND n.operation_no = t.operation_no
        AND n.criterion_no = k.criterion_no
    LEFT JOIN scale AS s ON s.status_no = a.status_no
    LEFT JOIN scale AS e ON e.scale_no = k.scale_no AND e.status = t.expected_status
    LEFT JOIN scale AS m ON m.status_no = n.status_no
    LEFT JOIN old_words AS ow ON ow.version_no = a.version_no AND ow.criterion_no = a.criterion_no
    LEFT JOIN old_words AS nw ON nw.version_no = n.version_no AND nw.criterion_no = n.criterion_no
    WHERE t.round = $round
),
best AS (
    SELECT *, max(CASE WHEN counts THEN {value: expected_value, status: expected} END)
        OVER (PARTITION BY operation_no, criterion_no)
        AS best
    FROM read
)
SELECT b.action, b.status, b.action_text, b.owner_role, b.due_on, b.country, b.country_title, o.operation,
    o.title AS operation_title,
    b.area, b.criterion, w.text, b.counts, b.asked, b.was_title, b.was_as, b.was_value, b.expected_title,
    b.expected_value,
    CASE WHEN b.counts AND b.best.value > coalesce(b.was_value, -1) THEN b.best.status END AS becomes, b.measure,
        b.later_title,
    CASE WHEN b.counts AND b.measure = 'measured' THEN b.measured END AS measured, b.measured_title, b.measured_as,
        b.measured_value,
    CASE
        WHEN NOT b.counts OR b.measure <> 'measured' THEN NULL
        WHEN b.measured_value >= b.expected_value THEN 'reached'
        WHEN b.measured_value > coalesce(b.was_value, 0) THEN 'partly' ELSE 'not'
    END AS outcome
FROM best AS b JOIN named_operation AS o USING (operation_no)
JOIN wording AS w ON w.id = b.criterion AND w.language = $lang
ORDER BY b.country = 'GROUP', in_order(b.country_title), in_order(o.title), b.area_no, b.criterion_no, b.action;

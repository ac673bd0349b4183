-- Which answers of a round does a scenario change, and to what? One row an answer that would say something else. `$wheres`, `$whats`
-- and `$becomes` are its assumptions in order: of two on one answer the later counts, `position` says which.
-- An assumption on an area, or on more than one operation, leaves alone what does not apply. Planned actions that are open or in progress bring what they expect,
-- where that is better than what was answered.
WITH assumed AS (
    SELECT unnest(range(len($wheres))) AS position, unnest($wheres) AS place, unnest($whats) AS what, unnest($becomes) AS becomes
),
-- The criteria that an assumption is on, told before answers are read: of ten million only theirs are.
meant AS (
    SELECT m.position, m.place, m.becomes, k.criterion_no, m.what <> k.criterion AS of_area
    FROM assumed AS m JOIN criterion_card AS k ON m.what = k.criterion OR list_contains(k.areas, m.what)
),
held AS (
    SELECT o.operation_no, o.operation, o.title AS operation_title, c.country, c.title AS country_title, k.criterion, k.criterion_no,
        k.area, k.area_no, k.framework_no, k.critical, s.status AS was, s.counts_as AS was_as, s.value AS was_value
    FROM answer AS a
    JOIN round AS r ON r.round_no = a.round_no AND r.round = $of_round
    JOIN operation AS o USING (operation_no)
    JOIN country AS c USING (country_no)
    JOIN criterion_card AS k USING (criterion_no)
    JOIN scale AS s USING (status_no)
),
reached AS (
    SELECT m.position, h.*, m.becomes AS status, false AS planned
    FROM meant AS m
    JOIN held AS h ON h.criterion_no = m.criterion_no AND NOT ((m.of_area OR m.place <> h.operation) AND h.was_as = 'not_applicable')
    WHERE m.place IN ('all', h.operation, h.country)
    UNION ALL
    SELECT m.position, h.*, e.status, true
    FROM assumed AS m
    JOIN todo AS t ON m.what = 'planned' AND t.status IN ('open', 'in_progress') AND t.due_on <= try_cast(m.becomes AS DATE)
    JOIN held AS h ON h.operation_no = t.operation_no AND h.criterion = t.criterion
    JOIN scale AS e ON e.framework_no = h.framework_no AND e.status = t.expected_status AND e.value > coalesce(h.was_value, -1)
    WHERE m.place IN ('all', h.operation, h.country)
)
SELECT n.position, n.operation, n.country, n.criterion, n.area, n.critical, n.was, n.was_as,
    n.was_value, n.status, s.counts_as, s.value, f.version, n.planned,
    s.counts_as = 'answered' AND s.value > coalesce(n.was_value, -1) AS lifts,
    EXISTS (FROM todo AS t WHERE t.operation_no = n.operation_no AND t.criterion = n.criterion
        AND t.status IN ('open', 'in_progress', 'blocked')) AS has_action
FROM reached AS n
JOIN scale AS s ON s.framework_no = n.framework_no AND s.status = n.status
JOIN framework AS f ON f.framework_no = n.framework_no
QUALIFY row_number() OVER (PARTITION BY n.operation_no, n.criterion_no ORDER BY n.position DESC, s.value DESC, s.status_no) = 1
    AND n.was <> n.status
ORDER BY n.position, n.country = 'GROUP', n.country_title, n.operation_title, n.operation, n.area_no, n.criterion_no;

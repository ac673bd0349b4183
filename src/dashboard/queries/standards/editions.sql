-- What became of each criterion from one edition to the next, and what did an operation answer in each? One row per
-- pair. *kept* stays in its key area, *moved* went to another, *in_part* is only linked to one of the other edition,
-- *new* continues none, *dropped* is continued by none.
WITH met AS (
    SELECT s.earlier_no, s.criterion_no AS later_no, 'whole' AS how FROM succession AS s
    UNION ALL
    SELECT e.criterion_no, k.criterion_no, 'in_part'
    FROM (SELECT source AS one, target AS other FROM crosswalk UNION ALL SELECT target, source FROM crosswalk) AS x
    JOIN criterion AS e ON e.criterion = x.one JOIN criterion AS k ON k.criterion = x.other
),
pairs AS (
    SELECT earlier_no, later_no, max(how) AS how
    FROM met AS m JOIN criterion_card AS e ON e.criterion_no = m.earlier_no
    JOIN criterion_card AS k ON k.criterion_no = m.later_no
    WHERE e.framework = $earlier_edition AND k.framework = $later_edition
    GROUP BY earlier_no, later_no
),
every_pair AS (
    FROM pairs
    UNION ALL
    SELECT NULL, criterion_no, NULL FROM criterion_card
    WHERE framework = $later_edition AND criterion_no NOT IN (SELECT later_no FROM pairs)
    UNION ALL
    SELECT criterion_no, NULL, NULL FROM criterion_card
    WHERE framework = $earlier_edition AND criterion_no NOT IN (SELECT earlier_no FROM pairs)
),
answers AS (
    SELECT c.criterion_no, r.round, c.status_title, c.counts_as, c.value, c.evidence
    FROM counted AS c JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN criterion_card AS k USING (criterion_no)
    JOIN read_in($round) AS i ON i.framework = k.framework AND i.round = r.round
    WHERE o.operation = $operation AND k.framework IN ($earlier_edition, $later_edition)
)
SELECT CASE WHEN p.earlier_no IS NULL THEN 'new' WHEN p.later_no IS NULL THEN 'dropped' WHEN p.how = 'in_part'
    THEN 'in_part'
        WHEN e.area_code = k.area_code THEN 'kept' ELSE 'moved' END AS relation,
    e.criterion AS earlier, v.text AS earlier_text, e.area_code AS earlier_area, e.services AS earlier_services,
    k.criterion AS later, w.text AS later_text,
    k.area_code AS later_area, k.services AS later_services, coalesce(k.area_code, e.area_code) AS area_code,
    coalesce(t.title, u.title) AS area_title,
    x.counts_as AS was_as, x.status_title AS was_title, x.value AS was_value, y.counts_as AS now_as,
    y.status_title AS now_title, y.value AS now_value
FROM every_pair AS p
LEFT JOIN criterion_card AS e ON e.criterion_no = p.earlier_no
LEFT JOIN criterion_card AS k ON k.criterion_no = p.later_no
LEFT JOIN wording AS v ON v.id = e.criterion AND v.language = $lang
LEFT JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN wording AS u ON u.id = e.area AND u.language = $lang
LEFT JOIN wording AS t ON t.id = k.area AND t.language = $lang
LEFT JOIN answers AS x ON x.criterion_no = p.earlier_no
LEFT JOIN answers AS y ON y.criterion_no = p.later_no
-- The framework in view decides; if it has no such criterion, the other edition does.
WHERE CASE WHEN e.framework = $framework THEN list_contains($criteria, e.criterion) WHEN k.framework = $framework
    THEN list_contains($criteria, k.criterion)
    ELSE list_contains($criteria, e.criterion) OR list_contains($criteria, k.criterion) END
ORDER BY coalesce(k.area_no, 0), area_code, k.criterion_no IS NULL, k.criterion_no, e.criterion_no;

-- What became of each criterion from one edition to the next, and what did an operation answer in each? One row a pair;
-- *kept* stays in its key area, *moved* went to another, *new* continues none, *dropped* is continued by none.
WITH pairs AS (
    SELECT s.earlier_no, s.criterion_no AS later_no
    FROM succession AS s JOIN criterion_card AS e ON e.criterion_no = s.earlier_no JOIN criterion_card AS k ON k.criterion_no = s.criterion_no
    WHERE e.framework = $earlier_edition AND k.framework = $later_edition
    UNION ALL
    SELECT NULL, criterion_no FROM criterion_card WHERE framework = $later_edition AND criterion_no NOT IN (SELECT criterion_no FROM succession)
    UNION ALL
    SELECT criterion_no, NULL FROM criterion_card WHERE framework = $earlier_edition AND criterion_no NOT IN (SELECT earlier_no FROM succession)
),
answers AS (
    SELECT c.criterion_no, r.round, c.status_title, c.counts_as, c.value, c.evidence
    FROM counted AS c JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    JOIN criterion_card AS k USING (criterion_no) JOIN read_in($round) AS i ON i.framework = k.framework AND i.round = r.round
    WHERE o.operation = $operation AND k.framework IN ($earlier_edition, $later_edition)
)
SELECT CASE WHEN p.earlier_no IS NULL THEN 'new' WHEN p.later_no IS NULL THEN 'dropped' WHEN e.area_code = k.area_code THEN 'kept' ELSE 'moved' END AS relation,
    e.criterion AS earlier, v.text AS earlier_text, e.area_code AS earlier_area, e.services AS earlier_services, k.criterion AS later, w.text AS later_text,
    k.area_code AS later_area, k.services AS later_services, coalesce(k.area_code, e.area_code) AS area_code, coalesce(t.title, u.title) AS area_title,
    x.counts_as AS was_as, x.status_title AS was_title, x.value AS was_value, y.counts_as AS now_as, y.status_title AS now_title, y.value AS now_value
FROM pairs AS p
LEFT JOIN criterion_card AS e ON e.criterion_no = p.earlier_no
LEFT JOIN criterion_card AS k ON k.criterion_no = p.later_no
LEFT JOIN wording AS v ON v.id = e.criterion AND v.language = $lang
LEFT JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN wording AS u ON u.id = e.area AND u.language = $lang
LEFT JOIN wording AS t ON t.id = k.area AND t.language = $lang
LEFT JOIN answers AS x ON x.criterion_no = p.earlier_no
LEFT JOIN answers AS y ON y.criterion_no = p.later_no
-- What the framework in view asks decides; where it asks nothing of the kind, the other edition does.
WHERE CASE WHEN e.framework = $framework THEN list_contains($criteria, e.criterion) WHEN k.framework = $framework THEN list_contains($criteria, k.criterion)
    ELSE list_contains($criteria, e.criterion) OR list_contains($criteria, k.criterion) END
ORDER BY coalesce(k.area_no, 0), area_code, k.criterion_no IS NULL, k.criterion_no, e.criterion_no;

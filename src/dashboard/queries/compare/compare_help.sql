-- Who has in place, on evidence that was seen, what the first subject has not? One row a principle and operation, the
-- three that help most; and where nobody does, the principle alone.
WITH missing AS (
    SELECT criterion_no, criterion, area, area_no, area_code
    FROM compared($framework, $round, $subject[1:1], $criteria, [])
    WHERE kind = $kind AND n_applicable > 0 AND n_full < n_applicable
),
able AS (
    SELECT m.area, m.criterion, o.operation, o.title AS operation_title, c.note
    FROM missing AS m
    JOIN counted AS c USING (criterion_no)
    JOIN round AS r ON r.round_no = c.round_no AND r.round = $round
    JOIN operation AS o USING (operation_no)
    WHERE c.value = 1 AND c.evidence >= 2 AND o.operation <> split_part($subject[1], '@', 1)
),
helping AS (
    SELECT area, operation, operation_title, count(*) AS n_helped, list(criterion ORDER BY criterion) AS criteria,
        list({criterion: criterion, note: note} ORDER BY criterion) FILTER (WHERE note <> '') AS notes
    FROM able GROUP BY area, operation, operation_title
    QUALIFY row_number() OVER (PARTITION BY area ORDER BY n_helped DESC, operation_title) <= 3
)
SELECT m.area, m.area_code, w.title AS area_title, m.n_missing, h.operation, h.operation_title, h.n_helped, h.criteria, h.notes
FROM (SELECT area, area_no, area_code, count(*) AS n_missing FROM missing GROUP BY area, area_no, area_code) AS m
JOIN wording AS w ON w.id = m.area AND w.language = $lang
LEFT JOIN helping AS h USING (area)
ORDER BY m.n_missing DESC, m.area_no, h.n_helped DESC, h.operation_title;

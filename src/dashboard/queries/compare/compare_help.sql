-- Who has in place, with evidence that was seen, what the first subject, an operation, lacks? One row per principle and
-- operation, for the three that help most; if nobody does, a row for the principle alone.
WITH named AS (
    SELECT split_part($subject[1], '@', 1) AS operation,
        CASE WHEN contains($subject[1], '@') THEN split_part($subject[1], '@', 2) ELSE $round END AS round
),
missing AS (
    SELECT criterion_no, k.criterion, k.area, k.area_no, k.area_code
    FROM answer JOIN operation USING (operation_no) JOIN round USING (round_no) JOIN named USING (operation, round)
    JOIN scale AS s USING (status_no) JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
    WHERE k.kind = $kind AND s.counts_as <> 'not_applicable' AND s.value IS DISTINCT FROM 1
),
able AS (
    SELECT m.area, m.criterion, o.operation, o.title AS operation_title, coalesce(a.note, '') AS note
    FROM answer AS a
    JOIN missing AS m USING (criterion_no)
    JOIN round AS r ON r.round_no = a.round_no AND r.round = $round
    JOIN scale AS s USING (status_no)
    JOIN named_operation AS o USING (operation_no)
    WHERE s.value = 1 AND a.evidence >= 2 AND o.operation <> (SELECT operation FROM named)
),
helping AS (
    SELECT area, operation, operation_title, count(*) AS n_helped, list(criterion ORDER BY criterion) AS criteria,
        list({criterion: criterion, note: note} ORDER BY criterion) FILTER (WHERE note <> '') AS notes
    FROM able GROUP BY area, operation, operation_title
    QUALIFY row_number() OVER (PARTITION BY area ORDER BY n_helped DESC, in_order(operation_title)) <= 3
)
SELECT m.area, m.area_code, w.title AS area_title, m.n_missing, h.operation, h.operation_title, h.n_helped, h.criteria,
    h.notes
FROM (SELECT area, area_no, area_code, count(*) AS n_missing FROM missing GROUP BY area, area_no, area_code) AS m
JOIN wording AS w ON w.id = m.area AND w.language = $lang
LEFT JOIN helping AS h USING (area)
ORDER BY m.n_missing DESC, m.area_no, h.n_helped DESC, in_order(h.operation_title);

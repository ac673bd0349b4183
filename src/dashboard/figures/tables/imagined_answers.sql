-- What do the operations concerned say, in every round, to the criteria concerned, and what would they say? Operation, criterion and
-- status of each change stand in three lists. `until` tells words apart; an imagined answer is to the words of today.
WITH changed AS (
    SELECT o.operation_no, o.country_no, k.criterion_no, s.status_no AS imagined_no, coalesce(w.until, '') AS present_until
    FROM (SELECT unnest($operations) AS operation, unnest($criteria) AS criterion, unnest($statuses) AS status) AS c
    JOIN operation AS o ON o.operation = c.operation
    JOIN criterion AS k ON k.criterion = c.criterion
    JOIN scale AS s ON s.framework_no = k.framework_no AND s.status = c.status
    JOIN framework AS f ON f.framework_no = k.framework_no
    JOIN framework_version AS v ON v.framework_no = f.framework_no AND v.version = f.version
    LEFT JOIN old_words AS w ON w.version_no = v.version_no AND w.criterion_no = k.criterion_no
)
SELECT r.round, t.country, a.operation_no, a.criterion_no, a.status_no, a.evidence, c.imagined_no, c.present_until, coalesce(w.until, '') AS until
FROM answer AS a
JOIN changed AS c USING (operation_no, criterion_no)
JOIN round AS r USING (round_no)
JOIN country AS t ON t.country_no = c.country_no
LEFT JOIN old_words AS w ON w.version_no = a.version_no AND w.criterion_no = a.criterion_no
ORDER BY a.operation_no, a.criterion_no, r.position;

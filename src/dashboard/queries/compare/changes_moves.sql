-- Which answers moved between the two rounds, and how? At most 60 of each kind of move, critical and heaviest first.
-- `n_move` counts all of the kind. Other questions cover what is newly asked, no longer asked, or reworded.
WITH ranked AS (
    SELECT *, count(*) OVER (PARTITION BY move) AS n_move,
        row_number() OVER (
            PARTITION BY move
            ORDER BY critical DESC, weight * abs(coalesce(now_value - was_value, 1)) DESC, country_position, operation, criterion_no
        ) AS place
    FROM moved_answers($framework, $round, $earlier, $countries, $criteria)
    WHERE kind = $kind AND kept($within, criterion)
        AND move NOT IN ('same', 'still_open', 'newly_asked', 'no_longer_asked', 'reworded')
)
SELECT r.move, n_move, place, who, operation_title, country_title, r.criterion, w.text, r.critical, k.reversed, was_as, was_title,
    was_value, now_as, now_title, now_value, coalesce(a.na_reason, a.note) AS note
FROM (FROM ranked WHERE place <= 60) AS r
JOIN criterion AS k USING (criterion_no)
JOIN wording AS w ON w.id = r.criterion AND w.language = $lang
LEFT JOIN answer AS a ON a.operation_no = r.operation_no AND a.criterion_no = r.criterion_no
    AND a.round_no = (SELECT round_no FROM round WHERE round = $round)
ORDER BY move, place;

-- Which answers moved between the two rounds, and how? At most 60 of each kind of move, critical and heaviest first.
-- `n_move` says how many there are of the kind. What is asked anew or no longer, and other words, stand in other questions.
WITH ranked AS (
    SELECT *, count(*) OVER (PARTITION BY move) AS n_move,
        row_number() OVER (
            PARTITION BY move
            ORDER BY critical DESC, weight * abs(coalesce(now_value - was_value, 1)) DESC, country_position, operation, criterion_no
        ) AS place
    FROM moved_answers($framework, $round, $earlier, $country, $principle, $risk_area)
    WHERE kind = $kind AND kept($within, criterion)
        AND move NOT IN ('same', 'still_open', 'newly_asked', 'no_longer_asked', 'reworded')
)
SELECT move, n_move, place, who, operation_title, country_title, criterion, w.text, critical, was_as, was_title,
    was_value, now_as, now_title, now_value, note
FROM ranked JOIN wording AS w ON w.id = criterion AND w.language = $lang
WHERE place <= 60
ORDER BY move, place;

-- Why do the first two subjects differ? The gap between their scores, split into criteria and summed by principle.
-- What a criterion brings is its share of the subject's points, less what an answer half-way between the two scores would
-- have brought at the same share of the weights. Shares add up to one, so the parts add up to the gap exactly, and
-- swapping the subjects turns every sign. Where both were answered at equal shares a part is the share times the
-- difference of the answers; where one subject alone was answered it is what that set of questions does to its score.
-- See docs/decisions/0006-figures-of-countries.md.
WITH answered AS (
    SELECT *, sum(weight_answered) OVER w AS whole, sum(points) OVER w AS all_points,
        reading_of(sum(n_asked) OVER w, sum(n_applicable) OVER w, sum(n_answered) OVER w, sum(n_not_known) OVER w,
            coverage_limit, count_below) AS unit_reading
    FROM compared($framework, $round, $subject, $criteria, $within)
    WHERE kind = $kind AND position <= 2
    WINDOW w AS (PARTITION BY position, unit)
),
entering AS (
    SELECT *, count(DISTINCT unit) OVER (PARTITION BY position) AS n_units
    FROM answered WHERE unit_reading IN ('score', 'count')
),
scored AS (
    SELECT position, avg(score) AS score
    FROM (SELECT DISTINCT position, unit, all_points / whole AS score FROM entering)
    GROUP BY position
),
ends AS (
    SELECT max(score) FILTER (WHERE position = 1) AS first_score, max(score) FILTER (WHERE position = 2) AS second_score,
        (first_score + second_score) / 2 AS middle
    FROM scored
),
parts AS (
    SELECT criterion_no, criterion, area, area_no, area_code,
        sum(CASE position WHEN 1 THEN 1 ELSE -1 END * (points - middle * weight_answered) / whole / n_units) AS part,
        coalesce(sum(n_answered) FILTER (WHERE position = 1), 0) AS n_first,
        coalesce(sum(n_answered) FILTER (WHERE position = 2), 0) AS n_second
    FROM entering CROSS JOIN ends
    WHERE middle IS NOT NULL
    GROUP BY criterion_no, criterion, area, area_no, area_code
)
SELECT p.area, p.area_code, v.title AS area_title, p.criterion, w.text, part, 100 * part AS points,
    100 * first_score AS first_percent, 100 * second_score AS second_percent,
    CASE WHEN n_first > 0 AND n_second > 0 THEN 'both' WHEN n_first > 0 THEN 'first' ELSE 'second' END AS answered_by,
    100 * sum(part) OVER (PARTITION BY p.area) AS area_points
FROM parts AS p CROSS JOIN ends
JOIN wording AS v ON v.id = p.area AND v.language = $lang
JOIN wording AS w ON w.id = p.criterion AND w.language = $lang
WHERE n_first + n_second > 0
ORDER BY p.area_no, abs(part) DESC, p.criterion_no;

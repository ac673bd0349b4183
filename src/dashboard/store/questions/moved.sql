-- How one answer moved between two rounds. Only answers to the same wording are compared. `who` is the country, or the
-- operation if a country has several.
CREATE OR REPLACE MACRO moved_answers(framework_id, round_id, earlier_id, kept_countries, kept_criteria) AS TABLE
WITH wanted AS (FROM chosen_criteria(framework_id, kept_criteria)),
-- Only codes are paired: names and notes are needed for few of the millions of answers.
paired AS (
    SELECT operation_no, criterion_no, n.status_no AS now_no, e.status_no AS was_no, n.version_no AS now_version_no,
        e.version_no AS was_version_no
    FROM (
        SELECT operation_no, criterion_no, status_no, version_no FROM answer SEMI JOIN wanted USING (criterion_no)
        WHERE round_no = (SELECT round_no FROM round WHERE round = round_id)
    ) AS n
    FULL JOIN (
        SELECT operation_no, criterion_no, status_no, version_no FROM answer SEMI JOIN wanted USING (criterion_no)
        WHERE round_no = (SELECT round_no FROM round WHERE round = earlier_id)
    ) AS e USING (operation_no, criterion_no)
),
read AS (
    SELECT p.*, n.counts_as AS now_as, e.counts_as AS was_as, n.title AS now_title, e.title AS was_title,
        n.value AS now_value, e.value AS was_value, n.value * k.weight AS now_points, e.value * k.weight AS was_points,
        CASE WHEN n.counts_as = 'answered' THEN k.weight END AS now_weight,
        CASE WHEN e.counts_as = 'answered' THEN k.weight END AS was_weight, k.criterion, k.area, k.area_code, k.kind,
        k.critical, k.weight, k.count_below, k.coverage_limit, coalesce(ow.until, nw.until) AS reworded_in,
        -- Without an answer, no wording was answered.
        now_version_no IS NOT NULL AND was_version_no IS NOT NULL AND coalesce(nw.until, '') <> coalesce(ow.until, '') AS reworded
    FROM paired AS p
    JOIN wanted AS k USING (criterion_no)
    LEFT JOIN scale AS n ON n.status_no = now_no
    LEFT JOIN scale AS e ON e.status_no = was_no
    LEFT JOIN old_words AS nw ON nw.version_no = now_version_no AND nw.criterion_no = p.criterion_no
    LEFT JOIN old_words AS ow ON ow.version_no = was_version_no AND ow.criterion_no = p.criterion_no
)
SELECT o.operation, o.title AS operation_title, c.country, c.title AS country_title,
    CASE WHEN n_in_country = 1 THEN c.title ELSE o.title END AS who, country_position, p.* EXCLUDE (reworded),
    CASE
        WHEN was_as IS NULL THEN 'newly_asked'
        WHEN now_as IS NULL THEN 'no_longer_asked'
        WHEN reworded THEN 'reworded'
        WHEN now_as = 'answered' AND was_as = 'answered' THEN
            CASE WHEN now_value > was_value THEN 'better' WHEN now_value < was_value THEN 'worse' ELSE 'same' END
        WHEN now_as = 'not_applicable' AND was_as <> 'not_applicable' THEN 'became_not_applicable'
        WHEN was_as = 'not_applicable' AND now_as <> 'not_applicable' THEN 'became_applicable'
        WHEN now_as = 'answered' THEN 'newly_answered'
        WHEN was_as = 'answered' THEN 'no_longer_answered'
        ELSE 'still_open'
    END AS move
FROM read AS p
JOIN (SELECT *, count(*) OVER (PARTITION BY country_no) AS n_in_country FROM operation) AS o USING (operation_no)
JOIN (
    SELECT *, dense_rank() OVER (ORDER BY country = 'GROUP', in_order(region), in_order(title)) AS country_position FROM country
) AS c USING (country_no)
WHERE list_contains(kept_countries, c.country);

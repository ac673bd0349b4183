-- Which answers, reviews, evidence or comments are to a criterion that is not asked of that operation in that round
-- (level, services, framework, round)? Told is only what of these does not fit.
INSERT INTO found
SELECT 'not_asked', s.form, s.row_id, 'criterion', s.criterion,
    nullif(concat_ws(', ',
        CASE WHEN c.level NOT IN ('both', o.kind) THEN 'level ' || c.level END,
        CASE WHEN o.kind <> 'group' AND len(c.services) > 0 AND NOT list_has_any(c.services, o.services)
            THEN 'services ' || list_aggregate(c.services, 'string_agg', ' / ') END,
        CASE WHEN NOT EXISTS (FROM asked AS b WHERE b.round_no = r.round_no AND b.criterion_no = c.criterion_no)
            THEN 'until ' || c.until END), '')
FROM (
    SELECT 'answers' AS form, rowid AS row_id, round, operation, criterion FROM staged_answers
    UNION ALL
    SELECT 'reviews', rowid, round, operation, criterion FROM staged_reviews
    UNION ALL
    SELECT 'evidence', rowid, round, operation, criterion FROM staged_evidence
    UNION ALL
    SELECT 'comments', rowid, round, operation, criterion FROM staged_comments
) AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN asked AS a
    ON a.round_no = r.round_no AND a.profile_no = o.profile_no AND a.criterion_no = c.criterion_no;

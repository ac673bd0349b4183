-- Which answers, ratings and reviews would change what is stored of a round that was closed before this load, or of an
-- operation that was approved in it?
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'answers', s.row_id, 'round', s.round,
    CASE WHEN NOT w.closed THEN s.operation END
FROM sound_answers AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion = s.criterion
JOIN scale AS sc ON sc.scale_no = c.scale_no AND sc.status = s.status
ANTI JOIN (FROM answer LEFT JOIN framework_version USING (version_no)) AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND k.status_no = sc.status_no
        AND (k.evidence IS NOT DISTINCT FROM evidence_level(s.evidence) OR sc.counts_as = 'unanswered')
    AND row({{ stored('answers', 'k', 'evidence') }}) IS NOT DISTINCT FROM row({{ cast('answers', 's', 'evidence') }})
    AND (s.framework_version IS NULL OR version_of(k.version) IS NOT DISTINCT FROM version_of(s.framework_version));
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'risk_ratings', s.row_id, 'round', s.round,
    CASE WHEN NOT w.closed THEN s.operation END
FROM sound_risk_ratings AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
ANTI JOIN risk_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row({{ stored('risk_ratings', 'k') }}) IS NOT DISTINCT FROM row({{ cast('risk_ratings', 's') }});
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'opportunity_ratings', s.row_id, 'round',
    s.round, CASE WHEN NOT w.closed THEN s.operation END
FROM sound_opportunity_ratings AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
ANTI JOIN opportunity_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row({{ stored('opportunity_ratings', 'k') }}) IS NOT DISTINCT FROM row({{ cast('opportunity_ratings', 's') }});
INSERT INTO found
SELECT CASE WHEN w.closed THEN 'round_closed' ELSE 'approved_before' END, 'reviews', s.row_id, 'round', s.round,
    CASE WHEN NOT w.closed THEN s.operation END
FROM sound_reviews AS s
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN frozen AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN review AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND row({{ stored('reviews', 'k') }}) IS NOT DISTINCT FROM row({{ cast('reviews', 's') }});

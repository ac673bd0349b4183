-- Which answers, ratings and reviews of a round that was closed before this load would change what is stored?
INSERT INTO found
SELECT 'round_closed', 'answers', s.row_id, 'round', s.round, NULL
FROM sound_answers AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
JOIN scale AS sc ON sc.scale_no = c.scale_no AND sc.status = s.status
ANTI JOIN (FROM answer LEFT JOIN framework_version USING (version_no)) AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND k.status_no = sc.status_no
        AND (k.evidence IS NOT DISTINCT FROM evidence_level(s.evidence) OR sc.counts_as = 'unanswered')
    AND row({{ stored('answers', 'k', 'evidence') }}) IS NOT DISTINCT FROM row({{ cast('answers', 's', 'evidence') }})
    AND (s.framework_version IS NULL OR version_of(k.version) IS NOT DISTINCT FROM version_of(s.framework_version));
INSERT INTO found
SELECT 'round_closed', 'risk_ratings', s.row_id, 'round', s.round, NULL
FROM sound_risk_ratings AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
ANTI JOIN risk_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row({{ stored('risk_ratings', 'k') }}) IS NOT DISTINCT FROM row({{ cast('risk_ratings', 's') }});
INSERT INTO found
SELECT 'round_closed', 'opportunity_ratings', s.row_id, 'round', s.round, NULL
FROM sound_opportunity_ratings AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
ANTI JOIN opportunity_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row({{ stored('opportunity_ratings', 'k') }}) IS NOT DISTINCT FROM row({{ cast('opportunity_ratings', 's') }});
INSERT INTO found
SELECT 'round_closed', 'reviews', s.row_id, 'round', s.round, NULL
FROM sound_reviews AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN review AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND row({{ stored('reviews', 'k') }}) IS NOT DISTINCT FROM row({{ cast('reviews', 's') }});

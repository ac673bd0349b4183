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
    AND k.status_no = sc.status_no AND (k.evidence IS NOT DISTINCT FROM evidence_level(s.evidence) OR sc.counts_as = 'unanswered')
    AND k.note IS NOT DISTINCT FROM s.note AND k.answered_by_role IS NOT DISTINCT FROM s.answered_by_role
    AND k.answered_on IS NOT DISTINCT FROM try_cast(s.answered_on AS DATE) AND k.na_reason IS NOT DISTINCT FROM s.na_reason
    AND (s.framework_version IS NULL OR version_of(k.version) IS NOT DISTINCT FROM version_of(s.framework_version));
INSERT INTO found
SELECT 'round_closed', 'risk_ratings', s.row_id, 'round', s.round, NULL
FROM sound_risk_ratings AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
ANTI JOIN risk_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row(k.found, k.scale, k.scope, k.irremediability, k.likelihood, k.residual_severity, k.residual_likelihood,
        k.residual_basis, k.confidence, k.basis, k.rated_by_role, k.rated_on)
    IS NOT DISTINCT FROM row(coalesce(s.found, 'yes') = 'yes', try_cast(s.scale AS SMALLINT), try_cast(s.scope AS SMALLINT),
        try_cast(s.irremediability AS SMALLINT), try_cast(s.likelihood AS SMALLINT), try_cast(s.residual_severity AS SMALLINT),
        try_cast(s.residual_likelihood AS SMALLINT), s.residual_basis, s.confidence, s.basis, s.rated_by_role,
        try_cast(s.rated_on AS DATE));
INSERT INTO found
SELECT 'round_closed', 'opportunity_ratings', s.row_id, 'round', s.round, NULL
FROM sound_opportunity_ratings AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
ANTI JOIN opportunity_rating AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.impact = s.impact
    AND row(k.found, k.reach, k.need, k.feasibility, k.confidence, k.basis, k.rated_by_role, k.rated_on)
    IS NOT DISTINCT FROM row(coalesce(s.found, 'yes') = 'yes', try_cast(s.reach AS SMALLINT), try_cast(s.need AS SMALLINT),
        try_cast(s.feasibility AS SMALLINT), s.confidence, s.basis, s.rated_by_role, try_cast(s.rated_on AS DATE));
INSERT INTO found
SELECT 'round_closed', 'reviews', s.row_id, 'round', s.round, NULL
FROM sound_reviews AS s
SEMI JOIN was_closed AS w ON w.round = s.round
JOIN round AS r ON r.round = s.round
JOIN operation AS o ON o.operation = s.operation
JOIN criterion AS c ON c.criterion = s.criterion
ANTI JOIN review AS k
    ON k.round_no = r.round_no AND k.operation_no = o.operation_no AND k.criterion_no = c.criterion_no
    AND row(k.verdict, k.reviewed_by_role, k.comment, k.reviewed_on, k.rated_status)
    IS NOT DISTINCT FROM row(s.verdict, s.reviewed_by_role, s.comment, try_cast(s.reviewed_on AS DATE), s.rated_status);

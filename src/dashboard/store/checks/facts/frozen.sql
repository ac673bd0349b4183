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
{{ changes_frozen('risk_ratings') }};
{{ changes_frozen('opportunity_ratings') }};
{{ changes_frozen('reviews') }};

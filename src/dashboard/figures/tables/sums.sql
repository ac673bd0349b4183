-- What are the sums of each round, country and criterion, as scored?
SELECT round, country, criterion_no, n_asked, n_applicable, n_answered, n_not_applicable, n_not_known, n_unanswered,
    n_full, n_part, n_nil,
    n_critical_failed, n_evidence_none, n_evidence_self, n_evidence_seen, n_evidence_checked, n_started,
    weight_applicable, weight_answered, points,
    weight_seen, points_seen, n_full_seen, n_part_seen, points_equal, weight_full, weight_part, weight_nil, n_inherited,
    weight_inherited, points_inherited, last_answered_on
FROM score;

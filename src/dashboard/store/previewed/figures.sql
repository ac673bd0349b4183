-- What are the scores of one publication? By round, country and area, and over all areas under an empty one; respect and support apart.
INSERT INTO memory.main.figure
SELECT $side, round, framework, country, coalesce(area, ''), kind,
    reading_of(sum(n_asked), sum(n_applicable), sum(n_answered), sum(n_not_known), any_value(coverage_limit), any_value(count_below)),
    percent_of(sum(points), sum(weight_answered)), whole_percent(low_of(sum(points), sum(weight_applicable))),
    whole_percent(high_of(sum(points), sum(weight_answered), sum(weight_applicable))),
    percent_of(sum(n_answered), sum(n_applicable)), sum(n_answered), sum(n_applicable), sum(n_evidence_seen + n_evidence_checked),
    sum(n_critical_failed), sum(n_full), sum(n_part), sum(n_nil)
FROM score
GROUP BY GROUPING SETS ((round, framework, country, kind), (round, framework, country, kind, area));

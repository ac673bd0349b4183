-- How did the selected operations hear children in a round? One row per record, the latest first. A withheld count is
-- null, and `withheld` names its column. An empty operation keeps all of them.
SELECT p.record, r.round, o.operation, o.title AS operation_title, c.country, p.activity, p.held_on, p.age_groups,
    p.children, p.girls,
    p.boys, p.children_with_disabilities, p.out_of_school, p.withheld, p.consent, p.safeguarding_lead,
    p.trained_partner, p.fed_back,
    p.changed, p.what_changed, p.evidence_ref, p.note
FROM child_participation AS p
JOIN round AS r USING (round_no)
JOIN named_operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
WHERE r.round = $round AND list_contains($countries, c.country) AND $operation IN ('', o.operation)
ORDER BY c.country = 'GROUP', in_order(c.title), in_order(o.title), p.held_on DESC, p.record;

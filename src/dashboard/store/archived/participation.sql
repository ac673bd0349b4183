-- Which records of participation does an archive hold, as rows that could be imported? What is withheld stays so.
SELECT p.record, o.operation, r.round, p.activity, p.held_on, p.age_groups,
    CASE WHEN list_contains(p.withheld, 'children') THEN 'withheld' ELSE p.children::VARCHAR END AS children,
    CASE WHEN list_contains(p.withheld, 'girls') THEN 'withheld' ELSE p.girls::VARCHAR END AS girls,
    CASE WHEN list_contains(p.withheld, 'boys') THEN 'withheld' ELSE p.boys::VARCHAR END AS boys,
    CASE WHEN list_contains(p.withheld, 'children_with_disabilities') THEN 'withheld' ELSE p.children_with_disabilities::VARCHAR
    END AS children_with_disabilities,
    CASE WHEN list_contains(p.withheld, 'out_of_school') THEN 'withheld' ELSE p.out_of_school::VARCHAR END AS out_of_school,
    p.consent, p.safeguarding_lead, p.trained_partner, p.fed_back, p.changed, p.what_changed, p.evidence_ref, p.note
FROM child_participation AS p JOIN operation AS o USING (operation_no) JOIN round AS r USING (round_no)
WHERE list_contains($operations, o.operation)
ORDER BY p.record;

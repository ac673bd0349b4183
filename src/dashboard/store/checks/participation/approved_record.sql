-- Which records of participation would change what is stored of an operation that was approved in their round? Counts
-- that are withheld cannot be compared.
INSERT INTO found
SELECT DISTINCT 'approved_before', 'participation', s.row_id, 'round', r.round, o.operation
FROM sound_participation AS s
LEFT JOIN child_participation AS k ON k.record = s.record
JOIN operation AS o ON o.operation = s.operation OR o.operation_no = k.operation_no
JOIN round AS r ON r.round = s.round OR r.round_no = k.round_no
SEMI JOIN (FROM frozen WHERE approved) AS w ON w.round_no = r.round_no AND w.operation_no = o.operation_no
WHERE (k.round_no, k.operation_no) IS DISTINCT FROM (r.round_no, o.operation_no)
    OR (s.round, s.operation) IS DISTINCT FROM (r.round, o.operation)
    OR row({{ stored('participation', 'k', 'age_groups', 'children', 'girls', 'boys', 'children_with_disabilities',
        'out_of_school') }})
    IS DISTINCT FROM row({{ cast('participation', 's', 'age_groups', 'children', 'girls', 'boys',
        'children_with_disabilities', 'out_of_school') }})
    OR k.age_groups IS DISTINCT FROM
        coalesce(list_sort(list_transform(string_split(s.age_groups, ';'), lambda age: trim(age))), [])
    OR len(list_filter([
        {col: 'children', was: k.children, said: s.children}, {col: 'girls', was: k.girls, said: s.girls},
        {col: 'boys', was: k.boys, said: s.boys},
        {col: 'children_with_disabilities', was: k.children_with_disabilities, said: s.children_with_disabilities},
        {col: 'out_of_school', was: k.out_of_school, said: s.out_of_school}
    ], lambda one: NOT list_contains(k.withheld, one.col) AND one.was IS DISTINCT FROM try_cast(one.said AS INTEGER)))
    > 0;

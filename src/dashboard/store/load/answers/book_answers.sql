-- What have the operations with workbooks already answered? The key, then the values in the order of the workbook's columns.
SELECT r.round, o.operation, k.criterion, s.status,
    ['none', 'self_declared', 'seen', 'independently_checked'][a.evidence + 1], a.na_reason, a.note, a.answered_by_role,
    CAST(a.answered_on AS VARCHAR)
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN criterion AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
WHERE s.counts_as <> 'unanswered' AND list_contains($operations, o.operation);

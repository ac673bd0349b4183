-- Which actions on criteria are not done, and what do they expect by when?
SELECT operation_no, criterion, status, due_on, expected_status FROM todo
WHERE criterion IS NOT NULL AND status IN ('open', 'in_progress', 'blocked')
ORDER BY action;

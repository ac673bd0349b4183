-- How old are the answers of one kind that count in the group's figure? From the days on which they were given, in
-- months until today. The head office counts only if it is chosen alone, as everywhere. Null without an answer, or if
-- no answer says when it was given.
SELECT min(a.answered_on) AS first_answered_on, max(a.answered_on) AS last_answered_on,
    date_sub('month', min(a.answered_on), $today) AS oldest_months,
    date_sub('month', max(a.answered_on), $today) AS newest_months
FROM answer AS a
JOIN round AS r USING (round_no)
JOIN operation AS o USING (operation_no)
JOIN country AS c USING (country_no)
JOIN chosen_criteria($framework, $criteria) AS k USING (criterion_no)
JOIN scale AS s USING (status_no)
WHERE r.round = $round AND list_contains($countries, c.country) AND in_spread($countries, c.country) AND k.kind = $kind
    AND kept($within, k.criterion) AND s.counts_as = 'answered';

-- Which risks does a short start still need a question for? One row per round, profile and such risk: those that the
-- group rates severe in a setting of the operation, with the asked criteria that address each, unless one is critical.
-- What counts are the ratings of the last round before with any, or else of the round itself: so a round's own ratings
-- do not change what it asks. Ratings of this load count as they stand in its files.
WITH graded AS (
    SELECT round_no, impact
    FROM risk_rating AS k JOIN round AS r USING (round_no) JOIN operation AS o USING (operation_no)
    WHERE found AND greatest(scale, scope, irremediability) = $severe AND NOT EXISTS (
        FROM staged_risk_ratings AS s
        WHERE s.round = r.round AND s.operation = o.operation AND s.impact = k.impact
    )
    UNION
    SELECT round_no, impact
    FROM staged_risk_ratings JOIN round USING (round)
    WHERE greatest(try_cast(scale AS INT), try_cast(scope AS INT), try_cast(irremediability AS INT)) = $severe
),
counts AS (
    SELECT r.round_no, coalesce(
        arg_max(g.round_no, was.position) FILTER (was.position < r.position),
        any_value(g.round_no) FILTER (was.position = r.position)
    ) AS rated_no
    FROM round AS r, (SELECT DISTINCT round_no FROM graded) AS g JOIN round AS was ON was.round_no = g.round_no
    GROUP BY r.round_no
)
SELECT s.round_no, s.profile_no, i.impact,
    list(c.criterion_no ORDER BY c.weight DESC, c.criterion_no) AS criteria
FROM (SELECT DISTINCT round_no, profile_no FROM short_start JOIN operation USING (operation_no)) AS s
JOIN counts USING (round_no)
JOIN graded AS g ON g.round_no = rated_no
JOIN impact AS i ON i.impact = g.impact AND i.polarity = 'risk'
LEFT JOIN setting AS w ON w.setting = i.setting
JOIN (SELECT DISTINCT profile_no, services FROM operation) AS o ON o.profile_no = s.profile_no
JOIN (SELECT impact, unnest(criteria) AS criterion FROM impact) AS addresses ON addresses.impact = i.impact
JOIN criterion AS c ON c.criterion = addresses.criterion AND c.kind = 'respect'
SEMI JOIN asked AS a
    ON a.round_no = s.round_no AND a.profile_no = s.profile_no AND a.criterion_no = c.criterion_no
WHERE coalesce(len(w.services), 0) = 0 OR list_has_any(w.services, o.services)
GROUP BY s.round_no, s.profile_no, i.impact HAVING NOT bool_or(c.critical)
ORDER BY s.round_no, s.profile_no, i.impact;

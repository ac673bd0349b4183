-- How many risks and opportunities in its settings did one operation rate, look for without finding, or not rate?
SELECT i.polarity, count(*) AS n_impacts, count(*) FILTER (WHERE state = 'rated') AS n_rated,
    count(*) FILTER (WHERE state = 'none_found') AS n_none_found,
    count(*) FILTER (WHERE state = 'not_rated') AS n_not_rated
FROM impact_state AS i
WHERE round = $round AND operation = $operation AND list_contains($impacts, impact)
GROUP BY i.polarity
ORDER BY i.polarity;

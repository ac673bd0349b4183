-- Which words that find something look most like those sought? At most five, each once.
SELECT word
FROM (SELECT DISTINCT unnest($search) AS sought) CROSS JOIN vocabulary
WHERE NOT contains(word, '-')
GROUP BY word
ORDER BY max(jaro_winkler_similarity(word, sought)) DESC, word
LIMIT 5;

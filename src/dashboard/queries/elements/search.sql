-- Which guidance, cases and criteria hold the words sought, even where they are typed with slips? One row an item: what holds
-- them all, or else as many as any item does; first what holds them as they were typed, then by weight.
-- A sought word finds words that equal it, begin with it, or lie one slip away from 4 letters on and two from 8 on; from 6
-- letters on one slip may lie in a beginning. A slip is a letter missing, added, replaced, or swapped with its neighbour.
WITH token AS (SELECT DISTINCT unnest($search) AS token),
-- An id is sought as it stands, all else without its hyphens and stops.
sought AS (
    SELECT DISTINCT unnest(CASE WHEN EXISTS (FROM vocabulary WHERE starts_with(word, token)) THEN [token]
        ELSE regexp_extract_all(token, '[\p{L}\p{N}]+') END) AS sought
    FROM token
),
wanted AS MATERIALIZED (
    SELECT sought, CAST(length(sought) AS INTEGER) AS n,
        CASE WHEN length(sought) < 4 OR regexp_matches(sought, '[0-9]') THEN 0 WHEN length(sought) < 8 THEN 1 ELSE 2 END AS slips
    FROM sought WHERE length(sought) >= 3 AND sought NOT IN (SELECT word FROM stop_word)
),
-- Levenshtein counts a swap as two: a cheaper bound that few words pass.
alike AS (
    SELECT sought, word, rarity, CASE
            WHEN word = sought THEN 1.0
            WHEN starts_with(word, sought) AND (n > 3 OR length(word) = n + 1) THEN 0.8
            WHEN slips > 0 AND abs(length(word) - n) <= slips AND levenshtein(word, sought) <= 2 * slips
                AND damerau_levenshtein(word, sought) <= slips THEN 0.6 / (1 + damerau_levenshtein(word, sought))
            WHEN slips > 0 AND n >= 6 AND length(word) > n AND levenshtein(left(word, n), sought) <= 2 AND (
                damerau_levenshtein(left(word, n), sought) <= 1 OR levenshtein(left(word, n - 1), sought) <= 1
                OR levenshtein(left(word, n + 1), sought) <= 1) THEN 0.2
        END AS quality
    FROM wanted CROSS JOIN vocabulary
),
-- All that one sought word finds is as rare as the most frequent of it: else a rare plural would go before the word itself.
near AS (
    SELECT sought, word, quality, quality >= 0.8 AS typed, min(rarity) OVER (PARTITION BY sought, quality >= 0.8) AS rarity
    FROM alike WHERE quality IS NOT NULL
),
hit AS (
    SELECT id, sought, max(struct_pack(typed := typed, worth := quality * weight * rarity, word := word)) AS best
    FROM near JOIN search_word USING (word) GROUP BY id, sought
),
found AS (
    SELECT id, count(*) AS n_matched, count(*) FILTER (NOT best.typed) AS n_slipped, round(sum(best.worth), 6) AS worth,
        list(best.word ORDER BY best.worth DESC, best.word) AS words
    FROM hit GROUP BY id
    QUALIFY count(*) = max(count(*)) OVER ()
)
SELECT i.what, i.id, i.framework, i.titles[$lang] AS title, f.* EXCLUDE (id), (SELECT count(*) FROM wanted) AS n_sought
FROM found AS f JOIN search_item AS i USING (id)
ORDER BY n_slipped, worth DESC, what_position, position;

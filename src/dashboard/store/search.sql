-- Which words find which item? The words of guidance, cases and criteria in every language, plain: small letters without
-- accents, three or more. A word weighs 4 in what an item is called by, 1 in what is said of it. Ids are words too.

-- Words that stand everywhere and that nobody looks for.
CREATE OR REPLACE TABLE stop_word AS SELECT unnest([
    'all', 'and', 'any', 'are', 'been', 'but', 'can', 'each', 'for', 'from', 'had', 'has', 'have', 'how', 'into', 'its', 'may',
    'not', 'one', 'only', 'our', 'out', 'own', 'than', 'that', 'the', 'their', 'them', 'then', 'there', 'they', 'this', 'those',
    'was', 'were', 'what', 'when', 'where', 'which', 'who', 'whose', 'will', 'with', 'you', 'your'
]) AS word;

-- What can be found, with what it is called in every language: a criterion has no title but its id, and is called by its text.
CREATE OR REPLACE TABLE search_item AS
SELECT i.*, t.titles
FROM (
    SELECT guidance AS id, 'guidance' AS what, CAST(NULL AS VARCHAR) AS framework, 1 AS what_position, CAST(position AS INTEGER) AS position
    FROM guidance
    UNION ALL
    SELECT case_study, 'case', NULL, 2, position FROM case_study
    UNION ALL
    SELECT criterion, 'criterion', framework, 3, criterion_no FROM criterion_card
) AS i
JOIN (
    SELECT id, map(list(language), list(CASE WHEN title = id THEN text ELSE title END)) AS titles FROM wording GROUP BY id
) AS t USING (id)
ORDER BY what_position, position;

CREATE OR REPLACE TEMP VIEW searched_text AS
SELECT id, unnest(map_values(titles)) AS text, 4 AS weight FROM search_item
UNION ALL
SELECT id, w.text, 1 FROM search_item JOIN wording AS w USING (id)
UNION ALL
SELECT guidance, unnest(this_month || this_year || sign_that_it_works || watch_out), 1 FROM guidance
UNION ALL
SELECT case_study, unnest(who || ["where", what_was_done, what_resulted, what_to_copy, what_to_avoid]), 1 FROM case_study
UNION ALL
SELECT criterion, evidence_hint, 1 FROM criterion
UNION ALL
SELECT criterion, w.title, 1 FROM criterion_card JOIN wording AS w ON w.id = area
UNION ALL
SELECT criterion, w.title, 1 FROM criterion_link JOIN criterion USING (criterion_no) JOIN wording AS w ON w.id = target;

CREATE OR REPLACE TABLE search_word AS
SELECT id, word, CAST(max(weight) AS DOUBLE) AS weight
FROM (
    SELECT id, unnest(regexp_extract_all(lower(strip_accents(text)), '[\p{L}\p{N}]+')) AS word, weight FROM searched_text
    UNION ALL
    SELECT id, lower(id), 4 FROM search_item
)
WHERE length(word) >= 3 AND word NOT IN (SELECT word FROM stop_word)
GROUP BY id, word
ORDER BY word, id;

-- The rarer a word, the more it says about what is sought.
CREATE OR REPLACE TABLE vocabulary AS
SELECT word, ln(1 + (SELECT count(*) FROM search_item) / count(*)) AS rarity FROM search_word GROUP BY word ORDER BY word;

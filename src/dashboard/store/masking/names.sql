-- Which texts of the group must stay although they contain names? Tours say where they lead, and rounds have titles.
-- Each name in them becomes its alias, the longest first. Run while `country` and `operation` still hold the names.

CREATE TEMP TABLE told AS
SELECT 'title' AS what, id, language, title AS text FROM wording
WHERE id IN (SELECT tour FROM tour UNION SELECT id FROM tour_step)
UNION ALL
SELECT 'text', id, language, text FROM wording WHERE id IN (SELECT tour FROM tour UNION SELECT id FROM tour_step)
UNION ALL
SELECT 'note', id, '', note FROM tour_step
UNION ALL
SELECT 'round', round, '', title FROM round
UNION ALL
SELECT 'title', id, language, title FROM wording WHERE starts_with(id, 'round/') AND title IS NOT NULL;

CREATE TEMP TABLE hidden_name AS
WITH name AS (
    SELECT c.title AS name, '(?i)' || regexp_escape(c.title) AS pattern, a.title AS alias
    FROM country AS c JOIN alias AS a ON a.kind = 'country' AND a.code = c.country
    UNION
    SELECT w.title, '(?i)' || regexp_escape(w.title), a.title
    FROM wording AS w JOIN alias AS a ON a.kind = 'country' AND w.id = 'country/' || a.code WHERE w.title IS NOT NULL
    UNION ALL
    SELECT o.title, '(?i)' || regexp_escape(o.title), a.title
    FROM operation AS o JOIN alias AS a ON a.kind IN ('operation', 'head_office') AND a.code = o.operation
    UNION ALL
    SELECT code, '(?i)' || regexp_escape(code), title FROM alias WHERE kind = 'group'
    UNION ALL
    -- A code is a separate word, and is not searched for inside others. Underscores around it, which stay, only stress
    -- it.
    SELECT code, '(_|\b)' || regexp_escape(code) || '(_|\b)', '\1' || title || '\2' FROM alias WHERE alias <> code
)
SELECT row_number() OVER (ORDER BY length(name) DESC, name) AS n, pattern, alias
FROM name
-- Few of thousands of names occur, and a pattern costs far more than a comparison.
WHERE name <> '' AND EXISTS (FROM told WHERE contains(lower(told.text), lower(name.name)));

CREATE TEMP TABLE retold AS
WITH RECURSIVE step AS (
    SELECT what, id, language, text, CAST(0 AS BIGINT) AS n FROM told
    UNION ALL
    SELECT s.what, s.id, s.language, regexp_replace(s.text, h.pattern, h.alias, 'g'), h.n
    FROM step AS s JOIN hidden_name AS h ON h.n = s.n + 1
)
SELECT what, id, language, arg_max(text, n) AS text FROM step GROUP BY what, id, language;

UPDATE wording SET title = r.text FROM retold AS r
WHERE r.what = 'title' AND r.id = wording.id AND r.language = wording.language;
UPDATE wording SET text = r.text FROM retold AS r
WHERE r.what = 'text' AND r.id = wording.id AND r.language = wording.language;
UPDATE tour_step SET note = r.text FROM retold AS r WHERE r.what = 'note' AND r.id = tour_step.id;
-- Notes and places of steps are those of the tables above in every language.
DELETE FROM tour_step_said;
UPDATE round SET title = r.text FROM retold AS r WHERE r.what = 'round' AND r.id = round.round;
DROP TABLE told; DROP TABLE hidden_name; DROP TABLE retold;

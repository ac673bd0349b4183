-- What does an item say in a language, beside its title and text? Run after `spoken.sql`: all items of the language if
-- anything of the library is translated, with the English where a text is not, else the English ones.

{% for table in told -%}
CREATE TEMP TABLE {{ table }} AS
SELECT * EXCLUDE (language) FROM {published}.{{ table }}_said WHERE language = $language
UNION ALL BY NAME FROM {published}.{{ table }}
WHERE NOT EXISTS (FROM {published}.{{ table }}_said WHERE language = $language);
{% endfor -%}
CREATE TEMP VIEW guidance_card AS
SELECT c.* REPLACE (g.title AS title, g.situation AS situation, g.this_month AS this_month, g.this_year AS this_year,
    g.sign_that_it_works AS sign_that_it_works, g.watch_out AS watch_out, g.sources AS sources)
FROM {published}.guidance_card AS c JOIN guidance AS g USING (guidance);
CREATE TEMP VIEW case_card AS
SELECT c.* REPLACE (s.title AS title, s.who AS who, s."where" AS "where", s.facts AS facts,
    s.what_was_done AS what_was_done, s.what_resulted AS what_resulted, s.lesson AS lesson,
    s.what_to_copy AS what_to_copy, s.what_to_avoid AS what_to_avoid)
FROM {published}.case_card AS c JOIN case_study AS s USING (case_study);

-- A sentence of the law is named by itself: one that has changed since is English.
CREATE TEMP VIEW law AS
SELECT l.* REPLACE (
    {% for one in law_sentences -%}
    coalesce({{ one }}_said.title, l.{{ one }}) AS {{ one }}{{ "," if not loop.last }}
    {% endfor -%}
)
FROM {published}.law AS l
{% for one in law_sentences -%}
LEFT JOIN called AS {{ one }}_said ON {{ one }}_said.id = 'law/' || l.{{ one }}
{% endfor -%}
;

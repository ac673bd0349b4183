-- Which parts does the figure stand on? One row a criterion, with text, citation and what was answered to it.
-- `n_checked` of them bear the mark of a second role. `older` are the words of before in which some of it was answered, each with the version and how many answers.
WITH older AS (
    SELECT criterion_no, list({older_version: version, older_text: text, n: n} ORDER BY version) AS older
    FROM (
        SELECT criterion_no, w.version, any_value(w.text) AS text, count(*) AS n
        FROM answer AS a
        JOIN old_words AS w USING (version_no, criterion_no)
        JOIN operation AS o USING (operation_no)
        JOIN country AS c USING (country_no)
        WHERE a.round_no = (SELECT round_no FROM round WHERE round = $round) AND list_contains($countries, c.country)
            AND in_spread($countries, c.country)
        GROUP BY criterion_no, w.version
    )
    GROUP BY criterion_no
),
checked AS (
    SELECT criterion_no, count(*) AS n_checked
    FROM reviewed JOIN operation USING (operation_no) JOIN country AS c USING (country_no)
    WHERE mark = 'checked' AND round_no = (SELECT round_no FROM round WHERE round = $round) AND list_contains($countries, c.country)
        AND in_spread($countries, c.country)
    GROUP BY criterion_no
)
SELECT c.criterion, w.text, k.citation, k.verification, k.critical, k.weight, sum(n_full) AS n_full, sum(n_part) AS n_part,
    sum(n_nil) AS n_nil, sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known,
    sum(n_unanswered) AS n_unanswered, coalesce(any_value(older.older), []) AS older, coalesce(any_value(n_checked), 0) AS n_checked
FROM chosen($framework, $round, $countries, $criteria, $within) AS c
JOIN criterion_card AS k USING (criterion_no)
JOIN wording AS w ON w.id = c.criterion AND w.language = $lang
LEFT JOIN older USING (criterion_no)
LEFT JOIN checked USING (criterion_no)
WHERE c.kind = $kind AND in_spread($countries, c.country)
GROUP BY c.criterion_no, c.criterion, w.text, k.citation, k.verification, k.critical, k.weight
ORDER BY c.criterion_no;

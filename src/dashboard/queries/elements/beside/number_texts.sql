-- What accompanies each criterion behind a figure: text, citation, former wordings, and marks from a second role?
-- `n_checked` answers have such a mark. `older` are former wordings that some answers refer to, each with its version
-- and their number.
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
    WHERE mark = 'checked' AND round_no = (SELECT round_no FROM round WHERE round = $round)
        AND list_contains($countries, c.country)
        AND in_spread($countries, c.country)
    GROUP BY criterion_no
)
SELECT k.criterion, w.text, k.citation, k.verification, k.critical, k.reversed, k.weight,
    coalesce(older.older, []) AS older,
    coalesce(n_checked, 0) AS n_checked
FROM chosen_criteria($framework, $criteria) AS k
JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
LEFT JOIN older USING (criterion_no)
LEFT JOIN checked USING (criterion_no)
WHERE k.kind = $kind AND kept($within, k.criterion)
ORDER BY k.criterion_no;

-- What did each subject answer to each criterion? The criteria with the greatest difference in score come first.
WITH folded AS (
    SELECT criterion_no, criterion, area, area_code, critical, position, subject, any_value(made_of) AS made_of,
        any_value(status_title) AS status_title, any_value(counts_as) AS counts_as, any_value(evidence) AS evidence,
        any_value(note) AS note, sum(n_asked) AS n_asked, sum(n_applicable) AS n_applicable, sum(n_answered) AS n_answered,
        sum(n_not_applicable) AS n_not_applicable, sum(n_not_known) AS n_not_known, sum(n_unanswered) AS n_unanswered,
        sum(n_full) AS n_full, sum(n_part) AS n_part, sum(n_nil) AS n_nil,
        score_of(sum(points), sum(weight_answered)) AS value
    FROM compared($framework, $round, $subject, $criteria, $within)
    WHERE kind = $kind AND ($focus = '' OR criterion_no IN (
        SELECT criterion_no FROM criterion_facet WHERE facet = $by AND code = $focus
    ))
    GROUP BY criterion_no, criterion, area, area_code, critical, position, subject
),
spread AS (
    SELECT *, max(value) OVER (PARTITION BY criterion_no) - min(value) OVER (PARTITION BY criterion_no) AS apart
    FROM folded
)
SELECT s.*, whole_percent(value) AS percent, w.text, k.citation, k.verification, k.evidence_hint
FROM spread AS s
JOIN wording AS w ON w.id = s.criterion AND w.language = $lang
JOIN criterion AS k USING (criterion_no)
ORDER BY coalesce(apart, -1) DESC, count(value) OVER (PARTITION BY criterion_no) DESC, criterion_no, position;

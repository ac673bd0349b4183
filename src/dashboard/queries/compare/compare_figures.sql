-- How far is each subject, by principle, risk area or right (or `all`), and how far apart are the countries of the group?
WITH figures AS (
    FROM compared_figures($framework, $round, $subject, $criteria, $within, $by, $kind)
),
spread AS (
    SELECT code, lowest, highest, n_shown AS n_countries
    FROM compared_figures($framework, $round, ['group.countries'], $criteria, $within, $by, $kind)
)
SELECT f.position, f.subject, f.round, f.code, coalesce(w.title, '') AS code_title, a.code AS area_code, f.reading, f.percent, f.low, f.high,
    f.n_units, f.n_shown, f.n_asked, f.n_applicable, f.n_answered, f.n_not_applicable, f.n_not_known, f.n_unanswered,
    f.points, f.weight_answered, f.n_full, f.n_part, f.n_nil, f.n_critical_failed, f.n_self, f.n_seen, f.first_answered_on, f.last_answered_on,
    percent_of(f.n_answered, f.n_applicable) AS coverage, percent_of(f.n_not_applicable, f.n_asked) AS share_not_applicable,
    percent_of(f.n_seen, f.n_answered) AS share_seen, percent_of(f.n_self, f.n_answered) AS share_self,
    date_diff('month', f.first_answered_on, $today) AS oldest_months,
    date_diff('month', f.last_answered_on, $today) AS newest_months,
    s.lowest, s.highest, s.n_countries, b.band, b.title AS band_title
FROM figures AS f
LEFT JOIN spread AS s USING (code)
LEFT JOIN wording AS w ON w.id = f.code AND w.language = $lang
LEFT JOIN area AS a ON a.area = f.code
LEFT JOIN band AS b ON b.framework_no = f.framework_no AND f.percent >= b.starts_at AND f.percent < b.ends_at
ORDER BY f.code_position, f.code, f.position;

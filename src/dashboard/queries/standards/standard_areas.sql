-- How far is each area of the framework in the choice, in respect and in support? One row an area and kind that is asked.
SELECT g.row_code AS area, kind, g.reading, g.percent, g.low, g.high, g.n_units, g.n_shown, g.n_answered, g.n_applicable,
    g.n_full, g.n_part, g.n_nil, g.n_critical_failed, g.band_title
FROM (
    SELECT 'respect' AS kind, * FROM grid_figures('area', $framework, $round, $countries, $criteria, 'respect')
    UNION ALL
    SELECT 'support', * FROM grid_figures('area', $framework, $round, $countries, $criteria, 'support')
) AS g
WHERE g.framework = $framework
ORDER BY area, kind;

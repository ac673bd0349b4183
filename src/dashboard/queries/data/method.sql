-- Which numbers does each framework's own file set? Weights and limits are read from YAML; none is fixed in code.
SELECT f.framework, f.title, f.version, f.average_of, f.country_figure, f.coverage_limit, f.count_below,
    (SELECT string_agg(s.title || CASE WHEN s.value IS NULL THEN '' ELSE ' = ' || round(s.value, 4) END, ', '
    ORDER BY s.value IS NULL, s.value DESC, s.status_no)
        FROM scale AS s WHERE s.framework_no = f.framework_no AND s.of_scale = '' AND NOT s.reversed
            AND (s.number IS NULL OR s.value IN (0, 1))) AS scale,
    (SELECT count(*) FROM criterion AS k WHERE k.framework_no = f.framework_no AND k.of_scale <> '') AS n_own_scale,
    (SELECT count(*) FROM criterion AS k WHERE k.framework_no = f.framework_no AND k.reversed) AS n_reversed,
    (SELECT string_agg(b.title || ' ' || b.starts_at || '–' || least(b.ends_at - 1, 100), ', ' ORDER BY b.starts_at)
        FROM band AS b WHERE b.framework_no = f.framework_no) AS bands,
    (SELECT count(*) FROM criterion AS k WHERE k.framework_no = f.framework_no AND k.weight <> 1) AS n_weighted,
    (SELECT count(*) FROM criterion AS k WHERE k.framework_no = f.framework_no AND k.critical) AS n_critical
FROM framework AS f ORDER BY f.framework_no;

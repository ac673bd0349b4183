-- Where does everything come from? The frameworks, then each outside dataset with its licence and years.
SELECT 'framework' AS kind, f.title, f.short_title, f.publisher, CAST(f.year AS VARCHAR) AS years,
    f.licence_note AS licence, f.version, f.held_in_part,
    count(*) AS n, count(*) FILTER (WHERE verification = 'to_verify') AS n_to_verify,
    count(*) FILTER (WHERE verification = 'confirmed') AS n_confirmed,
    count(*) FILTER (WHERE verification = 'own_reading') AS n_own_reading
FROM framework AS f JOIN criterion USING (framework_no)
GROUP BY f.framework_no, f.title, f.short_title, f.publisher, f.year, f.licence_note, f.version, f.held_in_part
UNION ALL
SELECT 'context', dataset, NULL, publisher,
    CASE WHEN min(year) = max(year) THEN CAST(min(year) AS VARCHAR) ELSE min(year) || '–' || max(year) END,
    licence, NULL, NULL, count(*), NULL, NULL, NULL
FROM context GROUP BY dataset, publisher, licence
ORDER BY kind DESC, in_order(title);

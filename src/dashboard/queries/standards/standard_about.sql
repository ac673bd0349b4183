-- What is the framework: who published it, when, in which edition and version, and how much of it is confirmed?
SELECT f.framework, f.title, f.short_title, f.publisher, f.year, f.edition, f.version, f.address, f.licence_note,
    f.held_in_part,
    e.short_title AS earlier_title, count(DISTINCT k.area_no) AS n_areas, count(*) AS n_criteria,
    count(*) FILTER (WHERE k.kind = 'respect') AS n_respect, count(*) FILTER (WHERE k.kind = 'support') AS n_support,
    count(*) FILTER (WHERE k.critical) AS n_critical,
    count(*) FILTER (WHERE k.verification = 'to_verify') AS n_to_verify,
    count(*) FILTER (WHERE k.verification = 'confirmed') AS n_confirmed,
    count(*) FILTER (WHERE k.verification = 'own_reading') AS n_own_reading
FROM framework AS f
JOIN criterion AS k ON k.framework_no = f.framework_no AND (k.until IS NULL OR k.until = f.version)
LEFT JOIN framework AS e ON e.framework = f.supersedes
WHERE f.framework = $framework
GROUP BY ALL;

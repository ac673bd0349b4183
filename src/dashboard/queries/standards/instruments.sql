-- Which documents stand alongside the standards, and what was looked for in each and not found?
SELECT i.instrument, w.title, i.short_title, i.publisher, i.years, i.address, w.text, i.not_found, i.verification,
    (SELECT count(*) FROM point AS p WHERE p.instrument = i.instrument) AS n_points,
    (SELECT count(*) FROM point AS p WHERE p.instrument = i.instrument AND p.verification = 'to_verify') AS n_to_verify
FROM instrument AS i JOIN wording AS w ON w.id = i.instrument AND w.language = $lang
ORDER BY i.position;

-- What do other documents ask or offer, and which criteria meet it? One row per point, in the order of the files. A
-- point is kept while one of its criteria is; a point without criteria, while the filters keep all points of its
-- document.
WITH kept AS (
    SELECT p.*, list_filter(p.criteria, lambda c: list_contains($criteria, c)) AS met FROM point AS p
)
SELECT i.instrument, i.short_title AS instrument_title, k.point, k.code, w.text, k.met AS criteria, k.citation,
    k.verification,
    i.position AS instrument_position, k.position
FROM kept AS k
JOIN instrument AS i USING (instrument)
JOIN wording AS w ON w.id = k.point AND w.language = $lang
WHERE len(k.met) > 0 OR (len(k.criteria) = 0 AND NOT EXISTS (
    FROM kept AS o WHERE o.instrument = k.instrument AND len(o.met) < len(o.criteria)
))
ORDER BY i.position, k.position;

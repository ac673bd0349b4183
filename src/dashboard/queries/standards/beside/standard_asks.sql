-- What does each criterion of the framework say about itself, in the framework's order? `same_as` is the one that is
-- asked in its place. `answered_with` are the titles of its answers if it has a scale of its own, numbers as a range.
WITH scales AS (
    SELECT scale_no, list_filter([arg_min(status, number) || '–' || arg_max(status, number)],
        lambda range: range IS NOT NULL)
        || coalesce(list(title ORDER BY status_no) FILTER (number IS NULL), []) AS answered_with
    FROM scale WHERE counts_as = 'answered' AND of_scale <> '' GROUP BY scale_no
)
SELECT criterion, area, area_code, kind, critical, partly, evidence_hint, level, weight, added, until, since, services,
    reversed, answered_with,
    citation, verification, same_as
FROM (
    SELECT k.criterion, k.area_no, k.criterion_no, a.area, a.code AS area_code, k.kind, k.critical, w.partly,
        w.evidence_hint, k.level, k.weight,
        k.added, k.until, k.since, k.services, k.reversed, k.scale_no, k.citation, k.verification, NULL AS same_as
    FROM criterion AS k JOIN framework AS f USING (framework_no) JOIN area AS a USING (area_no)
    JOIN wording AS w ON w.id = k.criterion AND w.language = $lang WHERE framework = $framework
    UNION ALL
    SELECT r.criterion, r.area_no, r.criterion_no, a.area, a.code, r.kind, r.critical, w.partly, w.evidence_hint,
        r.level, r.weight,
        r.added, r.until, r.since, r.services, r.reversed, r.scale_no, r.citation, r.verification, r.same_as
    FROM repeated AS r JOIN framework AS f USING (framework_no) JOIN area AS a USING (area_no)
    JOIN wording AS w ON w.id = r.criterion AND w.language = $lang WHERE framework = $framework
) LEFT JOIN scales USING (scale_no) ORDER BY area_no, criterion_no;

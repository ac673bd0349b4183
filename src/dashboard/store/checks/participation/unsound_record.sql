-- Which records of participation do not say what changed, or are dated far from their round?
INSERT INTO found
SELECT 'change_untold', 'participation', rowid, 'what_changed', NULL, NULL
FROM staged_participation WHERE changed = 'yes' AND what_changed IS NULL
UNION ALL
-- More than a year from the round, the year was mistyped.
SELECT 'outside_round', 'participation', s.rowid, 'held_on', held_on,
    CAST(r.starts_on - INTERVAL 1 YEAR AS DATE) || ' to ' || CAST(r.ends_on + INTERVAL 1 YEAR AS DATE)
FROM staged_participation AS s JOIN round AS r ON r.round = s.round
WHERE try_cast(held_on AS DATE) NOT BETWEEN r.starts_on - INTERVAL 1 YEAR AND r.ends_on + INTERVAL 1 YEAR;

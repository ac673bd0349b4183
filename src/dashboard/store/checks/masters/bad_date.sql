-- Which rounds end before they begin?
INSERT INTO found
SELECT 'bad_date', 'rounds', rowid, 'ends_on', ends_on, 'YYYY-MM-DD'
FROM staged_rounds WHERE try_cast(ends_on AS DATE) < try_cast(starts_on AS DATE);

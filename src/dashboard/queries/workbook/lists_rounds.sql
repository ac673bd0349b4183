-- What does the list of rounds say, as a file would?
SELECT round, nullif(title, round) AS title, starts_on, ends_on, frameworks, versions,
    CASE WHEN closed THEN 'true' END AS closed, round_note AS note
FROM round
ORDER BY position;

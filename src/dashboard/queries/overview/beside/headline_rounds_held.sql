-- Which rounds asked the framework, up to the one in view?
SELECT round, title FROM round
WHERE round IN (SELECT round FROM participation WHERE framework = $framework)
    AND position <= (SELECT position FROM round WHERE round = $round)
ORDER BY position;

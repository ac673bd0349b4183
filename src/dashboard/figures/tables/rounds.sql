-- Which rounds are there, the earliest first?
SELECT round, title, position FROM round ORDER BY position;

-- Which rounds are there, the earliest first?
SELECT round, title, position, ends_on FROM round ORDER BY position;

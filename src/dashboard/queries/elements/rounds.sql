-- Which rounds are there, the latest first, and which of them are closed?
SELECT round, title, closed FROM round ORDER BY position DESC;

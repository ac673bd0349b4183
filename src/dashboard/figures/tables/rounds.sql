-- Which rounds are there, earliest first?
SELECT round_no, round, title, position, starts_on, ends_on FROM round ORDER BY position;

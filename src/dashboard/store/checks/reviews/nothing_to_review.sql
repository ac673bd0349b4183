-- Which reviews are of an answer that nobody has given?
INSERT INTO found
SELECT 'nothing_to_review', 'reviews', row_id, 'criterion', criterion, NULL FROM under_review
WHERE counts_as = 'unanswered';

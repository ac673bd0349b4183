-- Which reviews come from the role that answered? A second role reviews, so that nobody checks their own work.
INSERT INTO found
SELECT 'same_role', 'reviews', row_id, 'reviewed_by_role', reviewed_by_role, NULL FROM under_review
WHERE lower(trim(reviewed_by_role)) = lower(trim(answered_by_role));

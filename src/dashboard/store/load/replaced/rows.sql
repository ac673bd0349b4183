-- Which published ratings, actions and targets does this load change or remove? `was_…` are the tables as they are published.
SELECT 'risk_ratings' AS form, round, operation, count(*) AS n
FROM (FROM was_risk_rating EXCEPT FROM risk_rating) JOIN round USING (round_no) JOIN operation USING (operation_no)
GROUP BY round, operation
UNION ALL
SELECT 'opportunity_ratings', round, operation, count(*)
FROM (FROM was_opportunity_rating EXCEPT FROM opportunity_rating) JOIN round USING (round_no) JOIN operation USING (operation_no)
GROUP BY round, operation
UNION ALL
SELECT 'actions', coalesce(round, ''), operation, count(*)
FROM (SELECT * EXCLUDE (step) FROM was_action EXCEPT SELECT * EXCLUDE (step) FROM action) JOIN operation USING (operation_no)
GROUP BY round, operation
UNION ALL
SELECT 'targets', '', coalesce(operation, ''), count(*)
FROM (FROM was_figure_target EXCEPT FROM figure_target) LEFT JOIN operation USING (operation_no)
GROUP BY operation
ORDER BY form, round, operation;

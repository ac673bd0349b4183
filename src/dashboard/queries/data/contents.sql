-- How much is in the publication?
SELECT (SELECT count(*) FROM answer JOIN scale USING (status_no) WHERE counts_as <> 'unanswered') AS n_answers,
    (SELECT count(*) FROM answer) AS n_asked, (SELECT count(*) FROM operation) AS n_operations,
    (SELECT count(*) FROM operation WHERE synthetic) AS n_synthetic, (SELECT count(*) FROM round) AS n_rounds, (SELECT count(*) FROM risk_rating WHERE found) AS n_risk_ratings,
    (SELECT count(*) FROM opportunity_rating WHERE found) AS n_opportunity_ratings, (SELECT count(*) FROM action) AS n_actions,
    (SELECT count(*) FROM context) AS n_context, (SELECT count(*) FROM problem) AS n_problems;

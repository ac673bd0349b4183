-- Which countries is the group the mean of, and which each region?
SELECT subject, country FROM subject_country ORDER BY subject, country;

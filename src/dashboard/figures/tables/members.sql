-- Which countries do the figures of the group and of each region average?
SELECT subject, country FROM subject_country ORDER BY subject, country;

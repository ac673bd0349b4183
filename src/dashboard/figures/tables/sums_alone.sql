-- What are the sums of each operation, where a country's figure is the mean of its operations? With the measures of `sums.sql`.
SELECT * FROM score_alone;

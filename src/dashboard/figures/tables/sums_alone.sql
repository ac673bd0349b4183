-- What are the sums of each operation or group, where a country's figure is their mean? With the measures of
-- `sums.sql`.
SELECT * FROM score_alone;

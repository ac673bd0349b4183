-- Which indicators give an age limit that is no whole number of years?
INSERT INTO found
SELECT 'bad_number', 'indicators', rowid, 'limit_years', limit_years, '1 to 99'
FROM staged_indicators WHERE coalesce(try_cast(limit_years AS INTEGER), 0) NOT BETWEEN 1 AND 99;

-- Which indicators have an age limit that is not a whole number of years?
INSERT INTO found
SELECT 'bad_number', 'indicators', rowid, 'limit_years', limit_years, '1 to 99'
FROM staged_indicators WHERE NOT coalesce(regexp_full_match(limit_years, '[1-9]\d?'), false);

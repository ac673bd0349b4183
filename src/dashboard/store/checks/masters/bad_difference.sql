-- Which indicators are computed from anything other than two listed indicators?
INSERT INTO found
WITH named AS (
    SELECT rowid AS row_id, difference_of, string_split(replace(difference_of, ' ', ''), ';') AS parts
    FROM staged_indicators WHERE difference_of IS NOT NULL
)
SELECT 'off_scale', 'indicators', row_id, 'difference_of', difference_of, 'indicator;indicator'
FROM named WHERE len(parts) <> 2
UNION ALL
SELECT 'unknown_indicator', 'indicators', row_id, 'difference_of', part, NULL
FROM (SELECT row_id, unnest(parts) AS part FROM named WHERE len(parts) = 2)
WHERE part NOT IN (SELECT indicator FROM indicator UNION SELECT indicator FROM staged_indicators
    WHERE indicator IS NOT NULL);

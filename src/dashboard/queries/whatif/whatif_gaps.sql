-- How many priority gaps are there: grave risks that answers cover little or not at all? Asked of what is published and imagined.
SELECT count(*) FILTER (WHERE severity >= 3 AND lies_open) AS n_gaps, count(*) FILTER (WHERE severity >= 3) AS n_grave
FROM risks_covered($framework, $round, $countries, $impacts);

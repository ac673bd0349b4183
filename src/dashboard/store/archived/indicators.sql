-- Which outside figures are there, as rows that could be imported?
SELECT indicator, title, unit, limit_years, difference_of FROM indicator ORDER BY indicator;

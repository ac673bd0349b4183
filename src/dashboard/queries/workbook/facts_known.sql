-- Under which codes do others publish each indicator of the list, and in which unit is it kept?
SELECT indicator, unit, coalesce(series, []) AS series FROM indicator ORDER BY indicator;

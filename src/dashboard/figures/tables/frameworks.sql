-- What are the limits and bands of each framework?
SELECT framework, framework_no, short_title, average_of, country_figure, coverage_limit, count_below,
    list({band: band, title: b.title, starts_at: starts_at, ends_at: ends_at} ORDER BY band_no) AS bands
FROM framework LEFT JOIN band AS b USING (framework_no)
GROUP BY framework, framework_no, short_title, average_of, country_figure, coverage_limit, count_below
ORDER BY framework_no;

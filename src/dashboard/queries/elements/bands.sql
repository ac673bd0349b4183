-- Which bands does the framework have, low to high?
SELECT band.band, band.title AS band_title, starts_at, least(ends_at - 1, 100) AS ends_at
FROM band JOIN framework USING (framework_no) WHERE framework = $framework ORDER BY band_no;

-- Which countries are there, in page order: by region and title, the head office last?
SELECT country, title, region FROM country ORDER BY country = 'GROUP', in_order(region), in_order(title);

-- Which countries are there, in the order of pages: by region and title, the head office last?
SELECT country, title, region FROM country ORDER BY country = 'GROUP', in_order(region), in_order(title);

-- Which criteria does one piece of guidance help to put in place, in its own order?
SELECT unnest(criteria) AS criterion FROM guidance WHERE guidance = $guidance;

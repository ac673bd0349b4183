-- Which frameworks are two editions of one standard? The pair with the framework in view comes first.
SELECT e.framework AS earlier, e.short_title AS earlier_title, e.year AS earlier_year, e.held_in_part AS earlier_held,
    k.framework AS later, k.short_title AS later_title, k.year AS later_year,
    k.held_in_part AS later_held
FROM framework AS k JOIN framework AS e ON e.framework = k.supersedes
ORDER BY $framework IN (e.framework, k.framework) DESC, k.framework_no;

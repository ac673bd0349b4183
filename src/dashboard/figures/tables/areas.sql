-- Which areas does each framework have, in order?
SELECT f.framework, a.area, a.code AS area_code, a.area_no FROM area AS a JOIN framework AS f USING (framework_no)
ORDER BY a.area_no;

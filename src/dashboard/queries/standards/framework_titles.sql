-- What is each framework called?
SELECT framework AS code, title, short_title AS short FROM framework ORDER BY framework_no;

-- Which settings are there, in their order, and what is each called?
SELECT s.setting, w.title FROM setting AS s JOIN wording AS w ON w.id = s.setting AND w.language = $lang ORDER BY s.position;

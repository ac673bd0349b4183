-- What are the functions called that are responsible for criteria of the framework, in order?
SELECT f.function, w.title
FROM business_function AS f JOIN wording AS w ON w.id = f.function AND w.language = $lang
WHERE f.function IN (SELECT functions[1] FROM criterion_card WHERE framework = $framework)
ORDER BY f.position;

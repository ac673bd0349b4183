-- What is everything called in one language?
SELECT id, title, text FROM wording WHERE language = $lang;

-- What is everything called in one language?
SELECT id, title, text, gap FROM wording WHERE language = $lang;

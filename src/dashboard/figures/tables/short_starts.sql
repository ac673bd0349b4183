-- Which operations are asked only a short start, in which rounds?
SELECT round, operation, country
FROM short_start JOIN round USING (round_no) JOIN operation USING (operation_no) JOIN country USING (country_no)
ORDER BY round, operation;

-- Which translations of lists, scales, bands and sentences of the law are of what is not there?
SELECT language, id FROM wording ANTI JOIN listed USING (id)
WHERE contains(id, '/') AND NOT (starts_with(id, 'law/') AND substr(id, 5) IN (
    SELECT said FROM (SELECT unnest([{{ law_sentences | join(", ") }}]) AS said FROM law) WHERE said IS NOT NULL
))
ORDER BY id, language;

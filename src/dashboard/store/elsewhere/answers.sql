-- Which answers are folded elsewhere, and in which part? Every part needs the head office's, part 0, since they may be
-- inherited.
SELECT round_no, operation_no, criterion_no, status_no, evidence, answered_on, version_no,
    CASE kind WHEN 'operation' THEN part ELSE 0 END AS part
FROM answer JOIN operation USING (operation_no) LEFT JOIN folding USING (country_no)
WHERE kind <> 'operation' OR part IS NOT NULL;

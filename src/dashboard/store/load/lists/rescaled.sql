-- Which answers are to a criterion that has another scale now? Each becomes the same word there, if there is one.
CREATE TEMP TABLE rescaled AS
SELECT c.criterion_no, f.status_no, n.status_no AS now_no
FROM criterion AS c JOIN scale AS n USING (scale_no) JOIN former_scale AS f USING (status)
WHERE n.status_no <> f.status_no AND c.criterion_no IN (
    SELECT a.criterion_no FROM (SELECT DISTINCT criterion_no, status_no FROM answer) AS a
    JOIN criterion AS k USING (criterion_no) LEFT JOIN scale AS s USING (status_no)
    WHERE s.scale_no IS DISTINCT FROM k.scale_no
);

UPDATE answer SET status_no = r.now_no FROM rescaled AS r
WHERE r.criterion_no = answer.criterion_no AND r.status_no = answer.status_no;
UPDATE review SET said = {status_no: r.now_no, evidence: said.evidence, note: said.note, na_reason: said.na_reason}
FROM rescaled AS r
WHERE r.criterion_no = review.criterion_no AND r.status_no = review.said.status_no;
DROP TABLE rescaled;

-- Which answers are numbers written in another way than on their scale, such as 62.50, 62,5 or 62.5 %? They are the
-- same answer.
UPDATE staged_answers SET status = n.status FROM number_codes AS n
WHERE n.criterion = staged_answers.criterion AND n.status <> staged_answers.status
    AND try_cast(replace(rtrim(staged_answers.status, ' %'), ',', '.') AS DOUBLE) = n.number;

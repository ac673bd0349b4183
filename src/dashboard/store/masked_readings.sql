-- How may a figure be shown to a room? As `readings.sql` says; but one or two answers are nobody's figure: too few.
CREATE OR REPLACE MACRO reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS
    CASE
        WHEN coalesce(n_asked, 0) = 0 THEN 'not_covered'
        WHEN n_applicable = 0 THEN 'not_applicable'
        WHEN n_answered = 0 AND n_not_known = n_applicable THEN 'not_known'
        WHEN n_answered = 0 THEN 'unanswered'
        WHEN n_answered < 3 OR 1.0 * n_answered / n_applicable < coverage_limit THEN 'too_few'
        WHEN n_answered < count_below THEN 'count'
        ELSE 'score'
    END;

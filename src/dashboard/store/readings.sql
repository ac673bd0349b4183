-- What do tallies mean? Each line is one rule of the method, written once; every query reads figures through these.
-- The right-hand sides are plain arithmetic and CASE; on another engine they become SQL functions of the same text.

-- Points are summed values times weights; null, not 0, where nothing was answered.
CREATE OR REPLACE MACRO score_of(points, weight_answered) AS points / nullif(weight_answered, 0);
-- Whole percent, rounded once at the very end; bands are read off this number, so that 25 is never called early.
-- The inner round takes off what adding decimals left over: 0.7 × 0.7 + 0.35 × 0.7 over 1.4 is 52.5, not 52.49999999999999.
CREATE OR REPLACE MACRO percent_of(part, whole) AS round(round(100.0 * part / nullif(whole, 0), 6));
-- The same for a share that is known already, such as a mean of scores.
CREATE OR REPLACE MACRO whole_percent(share) AS round(round(100.0 * share, 6));
CREATE OR REPLACE MACRO coverage_of(n_answered, n_applicable) AS 1.0 * n_answered / nullif(n_applicable, 0);
-- Bounds: what is missing read as nothing in place, and as everything in place.
CREATE OR REPLACE MACRO low_of(points, weight_applicable) AS points / nullif(weight_applicable, 0);
CREATE OR REPLACE MACRO high_of(points, weight_answered, weight_applicable) AS
    (points + weight_applicable - weight_answered) / nullif(weight_applicable, 0);
CREATE OR REPLACE MACRO share_not_applicable_of(n_not_applicable, n_asked) AS 1.0 * n_not_applicable / nullif(n_asked, 0);
-- How a figure may be shown. Five kinds of emptiness are five words, and none of them is zero.
CREATE OR REPLACE MACRO reading_of(n_asked, n_applicable, n_answered, n_not_known, coverage_limit, count_below) AS
    CASE
        WHEN coalesce(n_asked, 0) = 0 THEN 'not_covered'
        WHEN n_applicable = 0 THEN 'not_applicable'
        WHEN n_answered = 0 AND n_not_known = n_applicable THEN 'not_known'
        WHEN n_answered = 0 THEN 'unanswered'
        WHEN 1.0 * n_answered / n_applicable < coverage_limit THEN 'too_few'
        WHEN n_answered < count_below THEN 'count'
        ELSE 'score'
    END;
-- The same for the mean of several figures: it is one as soon as one of them may be shown.
CREATE OR REPLACE MACRO spread_reading_of(n_scores, n_counts, n_asked, n_applicable, n_answered, n_not_known) AS
    CASE
        WHEN n_scores > 0 THEN 'score'
        WHEN n_counts > 0 THEN 'count'
        WHEN n_answered > 0 THEN 'too_few'
        WHEN coalesce(n_asked, 0) = 0 THEN 'not_covered'
        WHEN n_applicable = 0 THEN 'not_applicable'
        WHEN n_not_known = n_applicable THEN 'not_known'
        ELSE 'unanswered'
    END;
-- Severity is the gravest of the three, never a product of ordinal codes (UNGP 14: scale, scope, irremediable character).
CREATE OR REPLACE MACRO severity_of(scale, scope, irremediability) AS
    CASE
        WHEN scale >= scope AND scale >= irremediability THEN scale
        WHEN scope >= irremediability THEN scope
        ELSE irremediability
    END;
-- An empty list keeps everything: the one reason queries would otherwise be glued together from pieces.
CREATE OR REPLACE MACRO kept(chosen, code) AS len(chosen) = 0 OR list_contains(chosen, code);
-- Figures of several countries are spread over countries; the head office stands beside them, unless it alone is chosen.
CREATE OR REPLACE MACRO in_spread(chosen, code) AS code <> 'GROUP' OR (len(chosen) = 1 AND chosen[1] = 'GROUP');
-- The band that a rounded percentage lies in: the last that starts at or below it.
CREATE OR REPLACE MACRO band_at(bands, percent) AS list_filter(bands, lambda b: percent >= b.starts_at)[-1];

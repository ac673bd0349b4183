-- What do single answers mean? `figures/read.py` says what their sums mean.

-- Severity is the highest of the three, never a product of ordinal codes (UNGP 14: scale, scope, irremediable
-- character).
CREATE OR REPLACE MACRO severity_of(scale, scope, irremediability) AS
    CASE
        WHEN scale >= scope AND scale >= irremediability THEN scale
        WHEN scope >= irremediability THEN scope
        ELSE irremediability
    END;
-- An empty list keeps everything; without this, queries would have to be assembled from pieces.
CREATE OR REPLACE MACRO kept(chosen, code) AS len(chosen) = 0 OR list_contains(chosen, code);
-- Figures of several countries average countries; the head office is separate, unless it alone is selected.
CREATE OR REPLACE MACRO in_spread(chosen, code) AS code <> 'GROUP' OR (len(chosen) = 1 AND chosen[1] = 'GROUP');
-- Names in the order of a language, whatever their accents. A publication is in English; readers of another language
-- have their own.
CREATE OR REPLACE MACRO in_order(name) AS icu_sort_key(name, 'en');

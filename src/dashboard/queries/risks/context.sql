-- Which outside facts are on record for the country of one operation? The latest of each, marking old and missing ones.
-- `parts` divide the whole of the same publisher and year, by as few traits as they can; without a whole, they are of
-- their latest year. `datasets` are those of both.
WITH here AS (SELECT country_no FROM operation WHERE operation = $operation),
whole AS (FROM figures_on($today) SEMI JOIN here USING (country_no)),
part AS (
    SELECT x.*, list_count([x.sex, x.age, x.residence]) AS n_traits
    FROM context AS x SEMI JOIN here USING (country_no) LEFT JOIN whole AS w USING (indicator)
    WHERE coalesce(x.sex, x.age, x.residence) IS NOT NULL AND x.year = coalesce(w.year, x.year)
        AND x.publisher = coalesce(w.publisher, x.publisher)
    QUALIFY x.year = max(x.year) OVER (PARTITION BY indicator)
),
divided AS (
    SELECT indicator, max(year) AS year, string_agg(DISTINCT publisher, '; ' ORDER BY publisher) AS publisher,
        list(DISTINCT dataset ORDER BY dataset) AS datasets,
        list({sex: sex, residence: residence, age: age, value: value} ORDER BY sex, residence DESC, age) AS parts
    FROM (FROM part QUALIFY n_traits = min(n_traits) OVER (PARTITION BY indicator))
    GROUP BY indicator
)
SELECT i.indicator, i.title, i.unit, x.value, coalesce(x.year, d.year) AS year,
    coalesce(x.publisher, d.publisher) AS publisher,
    list_distinct(list_concat(d.datasets, [x.dataset])) AS datasets, i.limit_years,
    coalesce(x.computed, false) AS computed, coalesce(d.parts, []) AS parts,
    coalesce(x.state, CASE WHEN d.year IS NULL THEN 'not_recorded' WHEN year($today) - d.year > i.limit_years THEN 'old'
        ELSE 'current' END) AS state
FROM indicator AS i LEFT JOIN whole AS x USING (indicator) LEFT JOIN divided AS d USING (indicator)
ORDER BY coalesce(x.year, d.year) IS NULL, in_order(i.title), i.indicator;

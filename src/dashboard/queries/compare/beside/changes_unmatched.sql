-- What is asked in only one of the two rounds, or was reworded? One row per operation, or per reworded criterion.
WITH moves AS MATERIALIZED (
    SELECT *, count(*) OVER (PARTITION BY operation) AS n_all
    FROM moved_answers($framework, $round, $earlier, $countries, $criteria)
    WHERE kind = $kind AND kept($within, criterion)
),
folded AS (
    SELECT move, operation AS code, any_value(who) AS title, any_value(country_position) AS position,
        count(*) AS n, count(*) = any_value(n_all) AS everything, NULL AS since
    FROM moves WHERE move IN ('newly_asked', 'no_longer_asked') GROUP BY move, operation
    UNION ALL
    SELECT move, criterion, any_value(w.text), any_value(k.criterion_no), count(*), false, any_value(reworded_in)
    FROM moves JOIN criterion AS k USING (criterion) JOIN wording AS w ON w.id = k.criterion AND w.language = $lang
    WHERE move = 'reworded' GROUP BY move, criterion
)
SELECT *, count(*) OVER (PARTITION BY move) AS n_move, CAST(sum(n) OVER (PARTITION BY move) AS BIGINT) AS n_answers
FROM folded
QUALIFY row_number() OVER (PARTITION BY move ORDER BY position, code) <= 60
ORDER BY move, position, code;

-- Where are the values of two publications compared? `side` is `was` for the published one and `now` for the private
-- one.
CREATE TABLE handed AS FROM handed_rows;
CREATE TABLE said (side VARCHAR, form VARCHAR, row_id BIGINT, col VARCHAR, value VARCHAR);
CREATE TABLE figure (
    side VARCHAR, round VARCHAR, framework VARCHAR, country VARCHAR, area VARCHAR, kind VARCHAR, reading VARCHAR,
    percent DOUBLE,
    low DOUBLE, high DOUBLE, coverage DOUBLE, n_answered DOUBLE, n_applicable DOUBLE, n_seen DOUBLE,
    n_critical_failed DOUBLE,
    n_full DOUBLE, n_part DOUBLE, n_nil DOUBLE
);

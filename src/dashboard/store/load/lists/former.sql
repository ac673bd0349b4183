-- What were the criteria called before this load? For the sentence about one that is gone.
CREATE TEMP TABLE former AS SELECT criterion_no, criterion FROM criterion;
-- Which rounds were closed? What a load says about a round itself applies from the next load on.
CREATE TEMP TABLE was_closed AS SELECT round FROM round WHERE closed;

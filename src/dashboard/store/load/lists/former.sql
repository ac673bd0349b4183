-- What were the criteria called before this load? For the sentence about one that is gone.
CREATE TEMP TABLE former AS SELECT criterion_no, criterion FROM criterion;
-- What did the numbers of answers mean? A criterion may have another scale now.
CREATE TEMP TABLE former_scale AS SELECT status_no, status FROM scale;
-- Which rounds were closed? What a load says about a round itself applies from the next load on.
CREATE TEMP TABLE was_closed AS SELECT round FROM round WHERE closed;
-- What was approved? The same holds for it.
CREATE TEMP TABLE was_approved AS SELECT round_no, operation_no, country_no FROM approval WHERE state = 'approved';

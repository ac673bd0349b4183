-- What were the criteria called before this load? For the sentence about one that is gone.
CREATE TEMP TABLE former AS SELECT criterion_no, criterion FROM criterion;

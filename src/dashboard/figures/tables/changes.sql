-- What was answered both in a round and in the one before, by round, country and criterion?
SELECT round, country, criterion_no, n_matched, weight_matched, points_now, points_earlier FROM score_change;

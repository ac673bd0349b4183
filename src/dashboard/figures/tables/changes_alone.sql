-- What did each operation or group answer both in a round and in the one before, where a country's figure is their
-- mean?
SELECT round, country, operation, criterion_no, n_matched, weight_matched, points_now, points_earlier
FROM score_change_alone;

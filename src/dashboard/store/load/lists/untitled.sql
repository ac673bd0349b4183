-- What are countries, operations, rounds and indicators without a title called? By their code. A missing region is
-- empty.
UPDATE staged_countries SET title = coalesce(title, country), region = coalesce(region, '') WHERE country IS NOT NULL;
UPDATE staged_operations SET title = operation WHERE title IS NULL;
UPDATE staged_rounds SET title = round WHERE title IS NULL;
UPDATE staged_indicators SET title = indicator WHERE title IS NULL;

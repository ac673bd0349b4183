-- Which columns and tables are gone since shape 22?

ALTER TABLE action DROP COLUMN IF EXISTS status_by_quarter;

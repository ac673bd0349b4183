"""SQL made from the records of the tables: what is the same for every table is written once."""

"""Tests of the records: what is declared of a table arrives wherever it is needed."""

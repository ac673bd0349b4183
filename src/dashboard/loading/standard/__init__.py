"""The workbook of a standard."""

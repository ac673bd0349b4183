"""The workbook of an operation."""

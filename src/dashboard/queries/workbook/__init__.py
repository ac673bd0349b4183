"""The questions that fill the workbook of an operation."""

"""A standard as a workbook and as YAML."""

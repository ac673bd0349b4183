"""Writes packs: views of the dashboard as slides, a report, a workbook or one page."""

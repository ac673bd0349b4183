"""What do people carry away? Views of the dashboard as slides, a report, a workbook or one page."""

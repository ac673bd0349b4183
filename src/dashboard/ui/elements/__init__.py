"""What several pages share: charts with their tables, answers, numbers, choices, downloads."""

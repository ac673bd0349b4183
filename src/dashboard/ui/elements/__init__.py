"""What several pages show alike: charts with their tables, answers, numbers, choices, downloads."""

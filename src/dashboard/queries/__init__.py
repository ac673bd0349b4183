"""A single way to the published numbers, and one SQL file per question."""

"""One door to the published numbers, and one SQL file a question."""

"""Pages that compare: subjects, rounds, and one criterion across operations."""

"""Pages that set things side by side: subjects, rounds, and one criterion across operations."""

"""Pages for a workshop: tours, presenter notes, results, voting."""

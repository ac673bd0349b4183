"""Pages for a workshop: tours, the presenter, outcomes, a voting room."""

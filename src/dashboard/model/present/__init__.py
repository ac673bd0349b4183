"""Values of tours, votes and outcomes."""

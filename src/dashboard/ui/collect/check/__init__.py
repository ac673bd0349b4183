"""Independent review of answers."""

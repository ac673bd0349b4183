"""File formats: what is in a file, before anybody knows what it means."""

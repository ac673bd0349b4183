"""Values of what a reader has chosen."""

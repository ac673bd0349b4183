"""Values for what a reader has selected."""

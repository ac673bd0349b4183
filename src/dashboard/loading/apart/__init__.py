"""Reading files in a separate process with limits."""

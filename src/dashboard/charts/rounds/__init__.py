"""Charts over the rounds: what stood where at each, and what moved between two."""

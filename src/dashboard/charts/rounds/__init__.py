"""Charts over the rounds: the figures in each, and the change between two."""

"""Archives in, what they hold out: keys, signatures, and what keeps an archive from being read."""

"""Reviews of answers by a second role."""

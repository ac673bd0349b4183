"""The page where answers come in: handed in, typed, checked, owed."""

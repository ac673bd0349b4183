"""The page of one country and its operations."""

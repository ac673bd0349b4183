"""The questions about guidance and cases."""

"""What is still owed, and by whom."""

"""The questions for tours, exercises and rooms."""

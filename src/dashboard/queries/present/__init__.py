"""The questions of tours, exercises and rooms."""

"""The questions for the page where answers are collected."""

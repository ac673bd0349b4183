"""Declares the questions of the pages where answers are collected."""

"""The page where answers are collected: imported, entered, reviewed and followed up."""

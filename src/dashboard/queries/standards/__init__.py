"""The questions about standards, rights and what links them."""

"""Pages of risks and opportunities, and of operational settings."""

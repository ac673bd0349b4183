"""Pages of risks and opportunities, and of business settings."""

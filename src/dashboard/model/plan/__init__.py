"""Values of actions and scenarios."""

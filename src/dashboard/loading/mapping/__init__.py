"""A sheet in another format becomes one of ours."""

"""What a page reads instead of what is published: a trial, a scenario, a masked copy."""

"""What a page reads instead of the published data: a preview, a scenario, a masked copy."""

"""How a load becomes a publication."""

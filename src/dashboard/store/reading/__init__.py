"""How a publication is opened and what its codes are."""

"""Opening a publication, and its codes."""

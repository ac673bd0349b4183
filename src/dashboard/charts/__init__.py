"""One pure chart per file: a specification and the rows it needs."""

"""One pure chart a file: a specification and the rows it wants."""

"""Values of answers, and the tables and sheets that hold them."""

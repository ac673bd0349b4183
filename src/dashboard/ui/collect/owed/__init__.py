"""Outstanding answers, and who is responsible for them."""

"""Do the charts still look as they did? Their pictures, and what was accepted of them."""

"""Do the charts still look as they did? Their pictures, and the accepted versions."""

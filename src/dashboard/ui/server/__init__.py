"""What comes before every page, whichever way the server was started."""

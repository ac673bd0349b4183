"""Files become values and tables here, with every problem collected on the way."""

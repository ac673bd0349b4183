"""An archive out: its tables, their schema, and the file that holds everything."""

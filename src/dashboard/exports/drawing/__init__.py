"""How is a chart drawn without a browser? By a process that is given specifications and gives pictures."""

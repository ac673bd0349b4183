"""How is a chart drawn without a browser? By a process that turns specifications into pictures."""

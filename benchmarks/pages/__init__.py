"""The pages that ours are compared with. Each is self-contained, so that it costs what it would on its own."""

"""Tables of figures for other tools: asked through the same filters as pages, with their columns explained."""

"""What all editing shares: drafts, conflicts, the writer's role, grids."""

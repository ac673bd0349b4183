"""What all editing has in common: drafts, conflicts, who writes, grids."""

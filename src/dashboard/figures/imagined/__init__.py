"""What would figures be if some answers were different? All answers in memory, and the sums after a change."""

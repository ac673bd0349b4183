"""What would figures be, were some answers others? All answers in memory, and the sums that follow from a change."""

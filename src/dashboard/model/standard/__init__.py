"""Values of standards, guidance and cases."""

"""What the command line and pages both do, without either: each module is one task."""

"""Pages of the standards: documents, crosswalk, rights, editions."""

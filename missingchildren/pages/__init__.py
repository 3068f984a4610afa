"""Pages that show several apps: my work and missing now."""

"""Pages that show several apps: my work, what is overdue, and missing now."""

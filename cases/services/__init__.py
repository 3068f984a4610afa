"""Changes to the record of a child, one topic a module."""

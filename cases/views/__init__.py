"""Pages on the record of a child, one topic a module."""

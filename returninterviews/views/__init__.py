"""Pages of this app, one topic a module."""

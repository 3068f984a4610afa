"""Pages of risk, one topic a module."""

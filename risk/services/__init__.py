"""What changes in risk, one topic a module."""

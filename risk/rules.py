"""Law and practice of risk as pure functions and tables."""

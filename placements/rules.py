"""Law and practice of placements as pure functions and tables."""

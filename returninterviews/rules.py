"""Law and practice of returninterviews as pure functions and tables."""

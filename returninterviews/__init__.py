"""Return home interviews, what they recommend, and what was done about it."""

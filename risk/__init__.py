"""Risk: what every agency knows, what the police decide, and flags made beforehand."""

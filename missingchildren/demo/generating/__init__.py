"""A fictional nation of any size, the same for the same seed, loaded by COPY."""

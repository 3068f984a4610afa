"""Commands about agencies."""

"""Forms of return home interviews."""

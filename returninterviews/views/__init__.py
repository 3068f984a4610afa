"""Pages of return home interviews."""

"""Is the input well formed? One topic a module."""

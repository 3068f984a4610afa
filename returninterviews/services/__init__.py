"""What changes in return home interviews and what follows from them, one topic a module."""

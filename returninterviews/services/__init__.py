"""What is done with return home interviews and what follows from them, one topic a module."""

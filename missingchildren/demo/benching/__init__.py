"""What pages cost in SQL, beside the best that could be written by hand for the same rows."""

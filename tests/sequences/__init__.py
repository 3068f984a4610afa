"""What `tests/test_sequences.py` plays with: people, acts in all four apps, and what must hold after each."""

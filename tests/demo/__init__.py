"""Promises of the demonstration and its launcher."""

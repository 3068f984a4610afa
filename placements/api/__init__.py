"""The API over the services of placements."""

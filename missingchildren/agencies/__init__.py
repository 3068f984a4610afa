"""Agencies, their people and units, the areas they serve, and their local protocols."""

"""The API: what every operation promises."""

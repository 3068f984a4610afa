"""Placements: where a looked-after child lives, who approved it, and who in the area was told."""

"""Pages of placements: on the case, and the notices that an agency received."""

"""What people do with placements and their notices: one transaction and one entry each."""

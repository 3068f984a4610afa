"""What is done in risk: one act, one transaction."""

"""What is done in risk, one topic a module: one act, one transaction."""

"""What every app stands on: verdicts, references, time, identifiers, names, encryption."""

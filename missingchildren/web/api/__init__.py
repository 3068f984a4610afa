"""What every operation of the API speaks: strict JSON, fields, problem details, its description."""

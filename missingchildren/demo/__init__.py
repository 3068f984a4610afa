"""The demonstration: cast, story and the servers it runs on; never in production."""

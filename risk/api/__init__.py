"""The API over the services of risk."""

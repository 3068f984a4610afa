"""The API over the services of alerts."""

"""The API over the services of cases."""

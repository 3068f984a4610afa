"""The API over the services of returninterviews."""

"""Alerts: outbox, deliveries, channels, acknowledgement."""

"""Filters of the pages of interviews."""

from datetime import datetime, timedelta

from django import template

register = template.Library()


@register.filter
def away_from(at: datetime, now: datetime) -> timedelta:
    """Return how far an instant is from another, either way."""
    return abs(at - now)

"""The records of placements, one topic a module."""

from placements.models.notifications import PlacementNotification
from placements.models.placements import Approval, Placement

__all__ = ["Approval", "Placement", "PlacementNotification"]

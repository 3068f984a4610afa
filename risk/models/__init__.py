"""The records of risk, one topic a module."""

from risk.models.flags import Flag, FlagDecision

__all__ = ["Flag", "FlagDecision"]

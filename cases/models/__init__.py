"""The records of a child, one topic a module."""

from cases.models.child import (
    Child,
    ChildIdentifier,
    ChildName,
    Involvement,
    LookedAfterPeriod,
    MatchQuestion,
)
from cases.models.episode import (
    Location,
    MissingEpisode,
    PoliceNote,
    PreventionInterview,
    Report,
    Update,
)
from cases.models.sharing import (
    Allocation,
    ChildPermission,
    Grant,
    KeepFrom,
    NamedReader,
    Opening,
    SharingDecision,
)
from cases.models.work import Deadline, Draft, Extension, TimelineEntry

__all__ = [
    "Allocation",
    "Child",
    "ChildIdentifier",
    "ChildName",
    "ChildPermission",
    "Deadline",
    "Draft",
    "Extension",
    "Grant",
    "Involvement",
    "KeepFrom",
    "Location",
    "LookedAfterPeriod",
    "MatchQuestion",
    "MissingEpisode",
    "NamedReader",
    "Opening",
    "PoliceNote",
    "PreventionInterview",
    "Report",
    "SharingDecision",
    "TimelineEntry",
    "Update",
]

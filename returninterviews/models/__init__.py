"""The records of this app, one topic a module."""

from returninterviews.models.accounts import Account, CarerAccount, Quote
from returninterviews.models.actions import Action, ActionNote
from returninterviews.models.interviews import Interview, InterviewEpisode
from returninterviews.models.offers import Offer, PlaceKind
from returninterviews.models.recommendations import Recommendation
from returninterviews.models.sharing import SharedItem, Summary

__all__ = [
    "Account",
    "Action",
    "ActionNote",
    "CarerAccount",
    "Interview",
    "InterviewEpisode",
    "Offer",
    "PlaceKind",
    "Quote",
    "Recommendation",
    "SharedItem",
    "Summary",
]

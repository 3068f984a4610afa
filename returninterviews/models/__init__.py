"""The records of this app, one topic a module."""

from returninterviews.models.actions import Action, ActionNote
from returninterviews.models.interviews import Interview, InterviewEpisode
from returninterviews.models.recommendations import Recommendation

__all__ = ["Action", "ActionNote", "Interview", "InterviewEpisode", "Recommendation"]

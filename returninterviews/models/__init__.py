"""The records of this app, one topic a module."""

from returninterviews.models.interviews import Interview, InterviewEpisode

__all__ = ["Interview", "InterviewEpisode"]

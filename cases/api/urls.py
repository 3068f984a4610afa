"""Addresses of the API."""

from django.urls import path

from cases.api import (
    children,
    deadlines,
    episodes,
    questions,
    reports,
    session,
    sharing,
    updates,
)

app_name = "api"
CHILD = "children/<reference:reference>/"
EPISODE = f"{CHILD}episodes/<reference:episode_reference>/"
DEADLINE = f"{CHILD}deadlines/<reference:deadline_reference>/"
urlpatterns = [
    path("session/", session.Session.as_view(), name="session"),
    path("children/", children.Children.as_view(), name="children"),
    path("missing/", children.MissingNow.as_view(), name="missing"),
    path(CHILD, children.OneChild.as_view(), name="child"),
    path(f"{CHILD}openings/", children.Openings.as_view(), name="openings"),
    path(f"{CHILD}history/", children.History.as_view(), name="history"),
    path(f"{CHILD}told/", children.Told.as_view(), name="told"),
    path(f"{CHILD}reports/", updates.ReportsOfChild.as_view(), name="reports_of_child"),
    path(f"{CHILD}updates/", updates.Updates.as_view(), name="updates"),
    path(f"{CHILD}places/", updates.Places.as_view(), name="places"),
    path(
        f"{CHILD}places/<reference:location_reference>/reveal/",
        updates.Reveal.as_view(),
        name="reveal",
    ),
    path(f"{CHILD}episodes/", episodes.Episodes.as_view(), name="episodes"),
    path(EPISODE, episodes.OneEpisode.as_view(), name="episode"),
    path(f"{EPISODE}accept/", episodes.Accept.as_view(), name="accept"),
    path(f"{EPISODE}located/", episodes.Located.as_view(), name="located"),
    path(
        f"{EPISODE}prevention-interview/",
        episodes.Prevention.as_view(),
        name="prevention_interview",
    ),
    path(f"{EPISODE}return/", episodes.Return.as_view(), name="return"),
    path(f"{EPISODE}close/", episodes.Close.as_view(), name="close"),
    path("deadlines/", deadlines.Deadlines.as_view(), name="deadlines"),
    path(f"{DEADLINE}extend/", deadlines.Extend.as_view(), name="extend"),
    path(f"{DEADLINE}reassign/", deadlines.Reassign.as_view(), name="reassign"),
    path(f"{DEADLINE}chase/", deadlines.Chase.as_view(), name="chase"),
    path(f"{CHILD}sharing/", sharing.Sharing.as_view(), name="sharing"),
    path(
        f"{CHILD}sharing/<reference:grant_reference>/end/",
        sharing.EndSharing.as_view(),
        name="end_sharing",
    ),
    path(f"{CHILD}sharing/decisions/", sharing.NotSharing.as_view(), name="not_sharing"),
    path(f"{CHILD}sharing/agencies/", sharing.AgenciesToShareWith.as_view(), name="agencies"),
    path("reports/", reports.Reports.as_view(), name="reports"),
    path("reports/<reference:reference>/", reports.OneReport.as_view(), name="receipt"),
    path("reports/<reference:reference>/calls/", reports.Calls.as_view(), name="calls"),
    path("forces/", reports.Forces.as_view(), name="forces"),
    path("questions/<reference:reference>/", questions.OneQuestion.as_view(), name="question"),
    path(
        "questions/<reference:reference>/answer/", questions.Answer.as_view(), name="answer"
    ),
]  # fmt: skip

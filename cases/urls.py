"""Addresses of the record of a child, and of reporting."""

from django.urls import path

from cases.views import child, deadlines, episodes, lists, matching, report, sharing

app_name = "cases"
urlpatterns = [
    path("cases/", lists.children, name="list"),
    path("cases/<str:reference>/", child.child, name="child"),
    path("cases/<str:reference>/open/", child.open_record, name="open"),
    path("cases/<str:reference>/history/", child.history, name="history"),
    path("cases/<str:reference>/episodes/", episodes.episodes, name="episodes"),
    path(
        "cases/<str:reference>/episodes/<str:episode_reference>/accept/",
        episodes.accept,
        name="accept",
    ),
    path(
        "cases/<str:reference>/episodes/<str:episode_reference>/return/",
        episodes.record_return,
        name="record_return",
    ),
    path(
        "cases/<str:reference>/episodes/<str:episode_reference>/located/",
        episodes.record_located,
        name="record_located",
    ),
    path(
        "cases/<str:reference>/episodes/<str:episode_reference>/prevention-interview/",
        episodes.prevention_interview,
        name="prevention_interview",
    ),
    path(
        "cases/<str:reference>/episodes/<str:episode_reference>/close/",
        episodes.close,
        name="close",
    ),
    path(
        "cases/<str:reference>/deadlines/<str:deadline_reference>/extend/",
        deadlines.extend,
        name="extend",
    ),
    path(
        "cases/<str:reference>/deadlines/<str:deadline_reference>/reassign/",
        deadlines.reassign,
        name="reassign",
    ),
    path(
        "cases/<str:reference>/deadlines/<str:deadline_reference>/chase/",
        deadlines.chase,
        name="chase",
    ),
    path("cases/<str:reference>/updates/add/", episodes.add_update, name="add_update"),
    path(
        "cases/<str:reference>/places/<str:location_reference>/",
        child.place,
        name="place",
    ),
    path("cases/<str:reference>/sharing/", sharing.sharing, name="sharing"),
    path("cases/<str:reference>/sharing/with/<str:agency_reference>/", sharing.share, name="share"),
    path(
        "cases/<str:reference>/sharing/not-with/<str:agency_reference>/",
        sharing.decide_not_to_share,
        name="not_share",
    ),
    path(
        "cases/<str:reference>/sharing/<str:grant_reference>/end/",
        sharing.end_sharing,
        name="end_sharing",
    ),
    path("questions/<str:reference>/", matching.match, name="match"),
    path("report/", report.start, name="report"),
    path("report/draft/<slug:step>/", report.autosave, name="report_autosave"),
    path("report/throw-away/", report.throw_away, name="report_throw_away"),
    path("report/check/", report.check, name="report_check"),
    path("report/sent/<str:reference>/", report.receipt, name="receipt"),
    path("report/sent/<str:reference>/call/", report.log_call, name="log_call"),
    path("report/<slug:step>/", report.question, name="report_question"),
]

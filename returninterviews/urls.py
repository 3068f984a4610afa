"""Addresses of returninterviews."""

from django.urls import URLPattern, path

from returninterviews.views import interviews, summaries, writing

app_name = "returninterviews"
# --- the interview
INTERVIEW = "interviews/<str:reference>/"
urlpatterns: list[URLPattern] = [
    path("cases/<str:reference>/interviews/", interviews.of_child, name="interviews"),
    path(INTERVIEW, interviews.interview, name="interview"),
    path(f"{INTERVIEW}council/", interviews.council, name="council"),
    path(f"{INTERVIEW}refer/", interviews.refer, name="refer"),
    path(
        f"{INTERVIEW}decline-referral/", interviews.decline_referral, name="decline_referral"
    ),
    path(f"{INTERVIEW}offer/", interviews.offer, name="offer"),
    path(f"{INTERVIEW}not-held/", interviews.not_held, name="not_held"),
    path(f"{INTERVIEW}account/", interviews.account, name="account"),
    path(f"{INTERVIEW}accept/", interviews.accept, name="accept"),
    path(f"{INTERVIEW}check/", writing.check, name="check"),
    path(f"{INTERVIEW}signed/", writing.signed, name="signed"),
    path(f"{INTERVIEW}draft/<slug:step>/", writing.autosave, name="autosave"),
    path(f"{INTERVIEW}<slug:step>/", writing.question, name="page"),
    path("summaries/<str:reference>/", summaries.summary, name="summary"),
    path("summaries/<str:reference>/answer/", summaries.answer, name="answer"),
]  # fmt: skip

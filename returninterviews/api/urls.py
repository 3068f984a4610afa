"""Addresses of the API of returninterviews."""

from django.urls import URLPattern, path

from returninterviews.api import interviews, summaries

app_name = "returninterviews_api"
# --- the interview
INTERVIEW = "interviews/<reference:reference>/"
SUMMARY = "summaries/<reference:reference>/"
urlpatterns: list[URLPattern] = [
    path(
        "children/<reference:reference>/interviews/",
        interviews.Interviews.as_view(),
        name="interviews",
    ),
    path(INTERVIEW, interviews.OneInterview.as_view(), name="interview"),
    path(f"{INTERVIEW}council/", interviews.Council.as_view(), name="council"),
    path(f"{INTERVIEW}refer/", interviews.Refer.as_view(), name="refer"),
    path(
        f"{INTERVIEW}decline-referral/",
        interviews.DeclineReferral.as_view(),
        name="decline_referral",
    ),
    path(f"{INTERVIEW}offers/", interviews.Offers.as_view(), name="offers"),
    path(f"{INTERVIEW}not-held/", interviews.NotHeld.as_view(), name="not_held"),
    path(f"{INTERVIEW}sign/", interviews.Sign.as_view(), name="sign"),
    path(f"{INTERVIEW}accept/", interviews.Accept.as_view(), name="accept"),
    path(SUMMARY, summaries.OneSummary.as_view(), name="summary"),
    path(f"{SUMMARY}read/", summaries.Read.as_view(), name="read"),
    path(f"{SUMMARY}answer/", summaries.Answer.as_view(), name="answer"),
]  # fmt: skip

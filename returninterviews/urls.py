"""Addresses of returninterviews."""

from django.urls import URLPattern, path

from returninterviews.views import actions, interviews, recommendations, summaries, writing

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
    # Recommendations and follow-up actions.
    path("cases/<str:reference>/actions/", actions.actions, name="actions"),
    path("cases/<str:reference>/actions/settled/", actions.settled, name="settled"),
    path("cases/<str:reference>/actions/add/", actions.add, name="add_action"),
    path(
        "cases/<str:reference>/actions/recommendations/",
        actions.recommendations,
        name="recommendations",
    ),
    path(
        "recommendations/<str:reference>/", recommendations.recommendation, name="recommendation"
    ),
    path("recommendations/<str:reference>/accept/", recommendations.accept, name="take_forward"),
    path(
        "recommendations/<str:reference>/not-forward/",
        recommendations.not_forward,
        name="not_forward",
    ),
    path(
        "recommendations/<str:reference>/second-look/",
        recommendations.second_look,
        name="second_look",
    ),
    path("recommendations/<str:reference>/add/", actions.add_to, name="add_to"),
    path("recommendations/<str:reference>/keep/", recommendations.keep, name="keep"),
    path("actions/<str:reference>/", actions.action, name="action"),
    path("actions/<str:reference>/progress/", actions.progress, name="progress"),
    path("actions/<str:reference>/done/", actions.done, name="done"),
    path("actions/<str:reference>/drop/", actions.drop, name="drop"),
    path("actions/<str:reference>/helped/", actions.helped, name="helped"),
]  # fmt: skip

"""Addresses of the API of returninterviews."""

from django.urls import URLPattern, path

from returninterviews.api import actions, interviews, recommendations, summaries

app_name = "returninterviews_api"
# --- the interview
INTERVIEW = "interviews/<reference:reference>/"
CHILD = "children/<reference:reference>/"
RECOMMENDATION = "recommendations/<reference:reference>/"
ACTION = "actions/<reference:reference>/"
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
    # Recommendations and follow-up actions.
    path(
        f"{CHILD}recommendations/",
        recommendations.Recommendations.as_view(),
        name="recommendations",
    ),
    path(f"{CHILD}actions/", actions.Actions.as_view(), name="actions"),
    path(RECOMMENDATION, recommendations.OneRecommendation.as_view(), name="recommendation"),
    path(
        f"{RECOMMENDATION}accept/", recommendations.AcceptRecommendation.as_view(), name="take_forward"
    ),
    path(
        f"{RECOMMENDATION}not-taken-forward/",
        recommendations.NotTakeForward.as_view(),
        name="not_taken_forward",
    ),
    path(
        f"{RECOMMENDATION}second-look/",
        recommendations.AskSecondLook.as_view(),
        name="second_look",
    ),
    path(
        f"{RECOMMENDATION}second-look/answer/",
        recommendations.AnswerSecondLook.as_view(),
        name="answer_second_look",
    ),
    path(ACTION, actions.OneAction.as_view(), name="action"),
    path(f"{ACTION}notes/", actions.Progress.as_view(), name="notes"),
    path(f"{ACTION}done/", actions.Complete.as_view(), name="done"),
    path(f"{ACTION}drop/", actions.Drop.as_view(), name="drop"),
    path(f"{ACTION}helped/", actions.WhetherItHelped.as_view(), name="helped"),
]  # fmt: skip

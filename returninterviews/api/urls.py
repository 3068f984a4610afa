"""Addresses of the API of returninterviews."""

from django.urls import path

from returninterviews.api import actions, recommendations

app_name = "returninterviews_api"
CHILD = "children/<reference:reference>/"
RECOMMENDATION = "recommendations/<reference:reference>/"
ACTION = "actions/<reference:reference>/"
urlpatterns = [
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

"""Addresses of returninterviews."""

from django.urls import path

from returninterviews.views import actions, recommendations

app_name = "returninterviews"
urlpatterns = [
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

"""Addresses of risk."""

from django.urls import path

from risk.views import answers, dissent, rounds

app_name = "risk"
RISK = "cases/<str:reference>/risk/"
DECISION = f"{RISK}decisions/<str:decision_reference>/"
urlpatterns = [
    # rounds
    path(RISK, rounds.round, name="round"),
    path(f"{RISK}ask/", rounds.ask_others, name="ask_others"),
    path(f"{RISK}answer/", answers.answer, name="answer"),
    path(f"{RISK}answers/<str:answer_reference>/", answers.contribution, name="contribution"),
    path(f"{RISK}phone/<str:ask_reference>/", answers.phone, name="phone"),
    path(f"{RISK}decide/", rounds.decide, name="decide"),
    path(DECISION, rounds.decision, name="decision"),
    path(f"{DECISION}confirm/", rounds.confirm, name="confirm"),
    path(f"{DECISION}disagree/", dissent.disagree, name="disagree"),
    path(f"{RISK}dissents/<str:dissent_reference>/", dissent.dissent, name="dissent"),
    path("answers/late/<str:ask_reference>/", answers.late, name="late"),
]

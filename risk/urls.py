"""Addresses of risk."""

from django.urls import path

from risk.views import answers, dissent, flags, rounds

app_name = "risk"
RISK = "cases/<str:reference>/risk/"
FLAG = "cases/<str:reference>/flags/<str:flag_reference>/"
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
    # flags
    path("flags/", flags.flag_list, name="flag_list"),
    path("cases/<str:reference>/flags/", flags.flags, name="flags"),
    path("cases/<str:reference>/flags/ask/", flags.ask, name="ask_for_flag"),
    path("cases/<str:reference>/flags/make/", flags.make, name="make_flag"),
    path(FLAG, flags.flag, name="flag"),
    path(f"{FLAG}decide/", flags.decide, name="decide_flag"),
    path(f"{FLAG}disagree/", flags.disagree, name="disagree_with_flag"),
    path(f"{FLAG}enter/", flags.enter, name="enter_flag"),
    path(f"{FLAG}review/", flags.review, name="review_flag"),
    path(f"{FLAG}end/", flags.end, name="end_flag"),
    path(f"{FLAG}take-off/", flags.take_off, name="take_flag_off"),
]

"""Addresses of the API of risk."""

from django.urls import path

from risk.api import flags, rounds

app_name = "risk_api"
RISK = "children/<reference:reference>/risk/"
ANSWER = f"{RISK}answers/<reference:answer_reference>/"
LEVEL = f"{RISK}levels/<reference:decision_reference>/"
DISSENT = f"{RISK}dissents/<reference:dissent_reference>/"
FLAGS = "children/<reference:reference>/flags/"
FLAG = f"{FLAGS}<reference:flag_reference>/"
urlpatterns = [
    # rounds
    path(RISK, rounds.Round.as_view(), name="round"),
    path(f"{RISK}evidence/", rounds.EvidenceOfRound.as_view(), name="evidence"),
    path(f"{RISK}answers/", rounds.Answers.as_view(), name="answers"),
    path(ANSWER, rounds.OneAnswer.as_view(), name="answer"),
    path(f"{ANSWER}confirm/", rounds.ConfirmAnswer.as_view(), name="confirm_answer"),
    path(f"{ANSWER}read/", rounds.ReadAnswer.as_view(), name="read_answer"),
    path(f"{RISK}asked/", rounds.Asked.as_view(), name="asked"),
    path(
        f"{RISK}asked/<reference:ask_reference>/phone/",
        rounds.PhoneAnswers.as_view(),
        name="phone",
    ),
    path("asked/<reference:ask_reference>/late/", rounds.LateAnswers.as_view(), name="late"),
    path(f"{RISK}levels/", rounds.Decisions.as_view(), name="decisions"),
    path(LEVEL, rounds.OneDecision.as_view(), name="decision"),
    path(f"{LEVEL}confirm/", rounds.Confirm.as_view(), name="confirm"),
    path(f"{LEVEL}send-back/", rounds.SendBack.as_view(), name="send_back"),
    path(f"{LEVEL}dissents/", rounds.Dissents.as_view(), name="dissents"),
    path(DISSENT, rounds.OneDissent.as_view(), name="dissent"),
    path(f"{DISSENT}answer/", rounds.AnswerDissent.as_view(), name="answer_dissent"),
    # flags
    path("flags/", flags.OwnFlags.as_view(), name="flag_list"),
    path(FLAGS, flags.Flags.as_view(), name="flags"),
    path(f"{FLAGS}made/", flags.Made.as_view(), name="make_flag"),
    path(FLAG, flags.OneFlag.as_view(), name="flag"),
    path(f"{FLAG}decide/", flags.Decide.as_view(), name="decide_flag"),
    path(f"{FLAG}disagree/", flags.Disagree.as_view(), name="disagree_with_flag"),
    path(f"{FLAG}enter/", flags.Enter.as_view(), name="enter_flag"),
    path(f"{FLAG}review/", flags.Review.as_view(), name="review_flag"),
    path(f"{FLAG}end/", flags.End.as_view(), name="end_flag"),
    path(f"{FLAG}take-off/", flags.TakeOff.as_view(), name="take_flag_off"),
]

"""Addresses of the API of risk."""

from django.urls import path

from risk.api import flags

app_name = "risk_api"
FLAGS = "children/<reference:reference>/flags/"
FLAG = f"{FLAGS}<reference:flag_reference>/"
urlpatterns = [
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

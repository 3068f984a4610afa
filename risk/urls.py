"""Addresses of risk."""

from django.urls import path

from risk.views import flags

app_name = "risk"
FLAG = "cases/<str:reference>/flags/<str:flag_reference>/"
urlpatterns = [
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

"""Addresses of placements, and of the notices that an agency received."""

from django.urls import path

from placements.views import case, notifications

app_name = "placements"
CASE = "cases/<str:reference>/placements/"
ONE = f"{CASE}<str:placement_reference>/"
NOTICE = f"{ONE}notices/<str:notice_reference>/"
urlpatterns = [
    path(CASE, case.all_placements, name="placements"),
    path(f"{CASE}add/", case.propose, name="propose"),
    path(ONE, case.one_placement, name="placement"),
    path(f"{ONE}area/", case.choose_area, name="choose_area"),
    path(f"{ONE}decide/", case.decide, name="decide"),
    path(f"{ONE}tell/", case.send, name="send"),
    path(f"{ONE}start/", case.start, name="start"),
    path(f"{ONE}end/", case.end, name="end"),
    path(f"{ONE}withdraw/", case.withdraw, name="withdraw"),
    path(f"{NOTICE}by-hand/", case.by_hand, name="by_hand"),
    path(f"{NOTICE}instead/", case.reroute, name="reroute"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/<str:reference>/", notifications.notification, name="notification"),
    path(
        "notifications/<str:reference>/acknowledge/", notifications.acknowledge, name="acknowledge"
    ),
    path("notifications/<str:reference>/send-back/", notifications.send_back, name="send_back"),
]

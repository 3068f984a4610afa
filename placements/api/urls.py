"""Addresses of the API of placements."""

from django.urls import path

from placements.api import notifications, placements

app_name = "placements_api"
CHILD = "children/<reference:reference>/placements/"
ONE = f"{CHILD}<reference:placement_reference>/"
NOTICE = f"{ONE}notices/<reference:notice_reference>/"
OWN = "notifications/<reference:reference>/"
urlpatterns = [
    path(CHILD, placements.Placements.as_view(), name="placements"),
    path(ONE, placements.OnePlacement.as_view(), name="placement"),
    path(f"{ONE}areas/", placements.Areas.as_view(), name="areas"),
    path(f"{ONE}area/", placements.ChooseArea.as_view(), name="choose_area"),
    path(f"{ONE}officers/", placements.Officers.as_view(), name="officers"),
    path(f"{ONE}decide/", placements.Decide.as_view(), name="decide"),
    path(f"{ONE}tell/", placements.Tell.as_view(), name="tell"),
    path(f"{ONE}start/", placements.Start.as_view(), name="start"),
    path(f"{ONE}end/", placements.End.as_view(), name="end"),
    path(f"{ONE}withdraw/", placements.Withdraw.as_view(), name="withdraw"),
    path(f"{NOTICE}by-hand/", placements.ByHand.as_view(), name="by_hand"),
    path(f"{NOTICE}instead/", placements.Instead.as_view(), name="instead"),
    path("notifications/", notifications.Notifications.as_view(), name="notifications"),
    path(OWN, notifications.OneNotification.as_view(), name="notification"),
    path(f"{OWN}acknowledge/", notifications.Acknowledge.as_view(), name="acknowledge"),
    path(f"{OWN}send-back/", notifications.SendBack.as_view(), name="send_back"),
]

"""Addresses about one's agency, its people, and joining it."""

from django.urls import path

from missingchildren.agencies import views

app_name = "agencies"

urlpatterns = [
    path("agency/", views.agency, name="agency"),
    path("agency/act-for/", views.act_for, name="act_for"),
    path("agency/people/", views.people, name="people"),
    path("agency/people/invite/", views.invite, name="invite"),
    path("agency/people/<str:reference>/roles/", views.change_roles, name="change_roles"),
    path("agency/people/<str:reference>/end/", views.end_membership, name="end_membership"),
    path(
        "agency/invitations/<str:reference>/withdraw/",
        views.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]

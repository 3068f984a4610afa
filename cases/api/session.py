"""Who is signed in, for whom they act, and what this session needs to change something."""

from typing import Any

from django.middleware.csrf import get_token
from rest_framework import serializers
from rest_framework.request import Request

from cases import access
from cases.api.children import VerdictOut
from cases.api.shapes import AgencyOut
from missingchildren.agencies.api import Endpoint, acting, agency_out, operation
from missingchildren.agencies.models import Role
from missingchildren.alerts.access import may_answer_alerts
from missingchildren.web.api.fields import OneOf, Out
from missingchildren.web.api.problems import plain


class SessionOut(Out):
    """The session."""

    person = serializers.CharField()
    agency = AgencyOut(help_text="For which the person acts")
    roles = serializers.ListField(child=OneOf(Role.values))
    csrf_token = serializers.CharField(help_text="For the X-CSRFToken header of every POST")
    may = serializers.DictField(child=VerdictOut())


class Session(Endpoint):
    """The session."""

    @operation("getSession", verb="api.session", tag="session", gives=SessionOut, hides=False)
    def get(self, request: Request) -> dict[str, Any]:
        """Show who is signed in, for which agency they act, and the token for changes."""
        act = acting(request)
        may = {"report_missing": access.can_report(act), "answer_alerts": may_answer_alerts(act)}
        return {
            "person": str(request.user),
            "agency": agency_out(act.agency),
            "roles": sorted(act.roles),
            "csrf_token": get_token(plain(request)),
            "may": may,
        }

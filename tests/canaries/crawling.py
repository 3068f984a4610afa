"""One person's crawl: every address filled in, every link followed, every form sent wrong."""

import itertools
import os
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from cases.models import Child, Deadline, Grant, Location, MatchQuestion, MissingEpisode, Report
from cases.views.report import STEPS
from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from placements.models import Placement, PlacementNotification
from returninterviews.models import Action, Interview, Recommendation, Summary
from returninterviews.views.writing import PAGES
from risk.models import Ask, Contribution, Decision, Dissent, Flag
from tests import test_every_page
from tests.api.test_every_operation import CHANGED, OWN, READ
from tests.canaries.words import found
from tests.test_every_page import every_address

# Elsewhere: their own walks, and what would end the session or the world.
LEFT_OUT = (
    "account/",
    "invitation/",
    "csp-report/",
    "health/",
    "demo/",
    "static/",
    "api/v1/schema/",
)
FULL = bool(os.environ.get("FULL"))
# What shows something to somebody in an ordinary state; links lead to the rest, such as forms.
PAGES_READ = test_every_page.PAGES.keys() | test_every_page.OWN
OPERATIONS_READ = READ.keys() | OWN
OF_ONE_KIND = 3 if FULL else 2  # links that differ only in what they are about
# What is asked about children beside the first.
OF_OTHERS = (
    "cases/<str:reference>/", "children/<reference:reference>/", "history/", "placements/",
    "placements/<str:placement_reference>/",
)  # fmt: skip
PART = re.compile(r"<(?:\w+:)?(\w+)>")
# What stands at the beginning of an address about one thing, and what is of a child's own.
BY_ITSELF: dict[str, Any] = {
    "interviews": Interview, "summaries": Summary, "recommendations": Recommendation,
    "actions": Action, "alerts": Alert, "notifications": PlacementNotification,
    "agency": Membership, "questions": MatchQuestion, "reports": Report, "report": Report,
}  # fmt: skip
OF_A_CHILD: dict[str, Any] = {
    "episode_reference": MissingEpisode, "location_reference": Location,
    "placement_reference": Placement, "notice_reference": PlacementNotification,
    "flag_reference": Flag, "decision_reference": Decision, "answer_reference": Contribution,
    "ask_reference": Ask, "dissent_reference": Dissent, "grant_reference": Grant,
    "deadline_reference": Deadline,
}  # fmt: skip
# What is alike for everybody is asked for once; of what differs in who may see it, each.
MOST_OF_EACH = 1
MOST: dict[Any, int] = {
    MissingEpisode: 2, Placement: 3, Contribution: 5, Dissent: 2, Decision: 2, Summary: 5,
    Interview: 2,
    PlacementNotification: 4,
    Recommendation: 3, Action: 4, Location: 3,
}  # fmt: skip


def addresses(child: Child, *others: Child) -> list[str]:
    """Return every address of the service, about everything of a child; of others, what they have."""
    made: set[str] = set()
    for route in every_address():
        path = route.removeprefix("api/v1/")
        if route.startswith(LEFT_OUT) or "^" in route or "fail" in route or path in CHANGED:
            continue
        if not (FULL or route in PAGES_READ or path in OPERATIONS_READ):
            continue
        if path.startswith(("cases/<", "children/<")):
            made |= set(_filled(route, child))
            for other in others if path.endswith(OF_OTHERS) else ():
                made |= set(_filled(route, other))
        else:
            made |= set(_filled(route, None))
    return sorted(f"/{address}" for address in made)


def _filled(route: str, child: Child | None) -> Iterator[str]:
    parts = list(PART.finditer(route))
    choices = [_values(part[1], route, child) for part in parts]
    for values in itertools.product(*choices):
        filled = route
        for part, value in zip(parts, values, strict=True):
            filled = filled.replace(part[0], value, 1)
        yield filled + ("?name=school" if route.endswith("sharing/agencies/") else "")


def _values(name: str, route: str, child: Child | None) -> list[str]:
    if name == "step":
        names = STEPS if route.startswith("report/") else PAGES
        return [each.name for each in names]
    if name == "agency_reference":
        return [Grant.objects.order_by("pk").values_list("agency__reference", flat=True)[0]]
    if name == "reference" and child:
        return [child.reference]
    path = route.removeprefix("api/v1/")
    model = OF_A_CHILD.get(name) or BY_ITSELF[path.partition("/")[0]]
    field = "own_reference" if model is Deadline else "reference"
    about = {"child": child} if child else {}
    rows = model._default_manager.filter(**about).order_by("-pk").values_list(field, flat=True)
    most = MOST_OF_EACH if "<slug:step>" in route else MOST.get(model, MOST_OF_EACH)
    return list(rows[:most])


class Crawl:
    """What one person meets: which words, and where."""

    def __init__(self, client: Client, keys: Iterable[str]) -> None:
        self.client, self.keys = client, list(keys)
        self.met: dict[str, list[str]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()
        self.forms: dict[str, str] = {}
        self._kinds: Counter[str] = Counter()
        self._done: set[str] = set()

    def go(self, addresses: Iterable[str], *, most: int | None = None) -> None:
        """Ask for every address, and for every link on the way, nearest first; perhaps not all."""
        waiting = deque(addresses)
        while waiting and (most is None or len(self._done) < most):
            address = waiting.popleft()
            if address not in self._done:
                self._done.add(address)
                answer = self.read("get", address)
                waiting += self._links(answer, address)

    def read(self, verb: str, address: str, **sent: Any) -> HttpResponseBase:
        """Ask, and search everything that an answer says: headers, title, body, name of the file."""
        answer: HttpResponseBase = getattr(self.client, verb)(address, secure=True, **sent)
        self.statuses[answer.status_code] += 1
        said = [f"{name}: {value}" for name, value in answer.headers.items()]
        said += [f"{name}={each.value}" for name, each in answer.cookies.items()]
        said.append(getattr(answer, "content", b"").decode())
        for key in found("\n".join(said), self.keys):
            self.met[key].append(f"{verb} {address}")
        return answer

    def send_wrongly(self) -> None:
        """Send every form that was met with something that it cannot take."""
        for route, address in self.forms.items():
            if "places/" in route:
                continue  # what it is for: `test_a_place_is_revealed_only_...`
            self.read("post", address, data={"text": "?", "reason": "?", "version": "-1"})

    def _links(self, answer: HttpResponseBase, address: str) -> Iterator[str]:
        if "Location" in answer.headers:
            yield from self._lead(answer.headers["Location"], address)
        if "text/html" not in answer.headers.get("Content-Type", ""):
            return
        text: str = answer.content.decode()  # type: ignore[attr-defined]
        for link in re.findall(r'<a[^>]*\shref="([^"]+)"', text):
            yield from self._lead(link.replace("&amp;", "&"), address)
        if 'method="post"' in text:
            for action in re.findall(r'<form[^>]*\saction="([^"]*)"', text) or [""]:
                where = urlsplit(urljoin(address, action)).path
                route = self._route(where)
                if route and not route.startswith(LEFT_OUT):
                    self.forms.setdefault(route, where)
            own = self._route(urlsplit(address).path)
            if own:
                self.forms.setdefault(own, address)

    def _lead(self, link: str, found_on: str) -> Iterator[str]:
        parts = urlsplit(urljoin(found_on, link))
        route = self._route(parts.path)
        if parts.netloc or not route or route.startswith(LEFT_OUT):
            return
        self._kinds[f"{route}{bool(parts.query)}"] += 1
        if self._kinds[f"{route}{bool(parts.query)}"] <= OF_ONE_KIND:
            yield parts.path + (f"?{parts.query}" if parts.query else "")

    @staticmethod
    def _route(path: str) -> str:
        try:
            return resolve(path).route
        except Resolver404:
            return ""

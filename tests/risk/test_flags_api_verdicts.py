"""What the API says may be done with a flag, for everybody, in each state in which something can."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from pytest_django import DjangoDbBlocker

from risk.models import Flag
from tests.api.calling import Caller
from tests.risk.flagging import Flagging
from tests.risk.test_flags_api import READY, bodies
from tests.staging import staged
from tests.test_every_page import PEOPLE

pytestmark = pytest.mark.django_db
Told = tuple[str, Flagging, Flag]


@pytest.fixture(scope="module", params=READY)
def told_once(
    request: pytest.FixtureRequest, people_once: Flagging, django_db_blocker: DjangoDbBlocker
) -> Iterator[Told]:
    """Tell how a flag came where one act can be done, and Ava was reported; then of the next act."""
    with staged(django_db_blocker):
        people = deepcopy(people_once)
        flag = READY[request.param][1](people)
        people.world.accept(people.world.report())
        yield request.param, people, flag


@pytest.fixture
def told(told_once: Told, db: None) -> Told:
    return deepcopy(told_once)


@pytest.mark.parametrize("name", [*PEOPLE, "marcus", "colin"])
def test_may_agrees_with_what_then_happens(told: Told, name: str) -> None:
    """AZ-31: for each person who sees the flag, in the state in which it can be done."""
    what, people, flag = told
    caller = Caller(getattr(people, name, None) or getattr(people.world, name))
    if name == "dana":
        opened = caller.post(f"/children/{people.ava.reference}/openings/", {"reason": "duty"})
        assert opened.status_code == 201
    address = f"/children/{people.ava.reference}/flags/{flag.reference}/"
    shown = caller.get(address)
    body = {**bodies(people)[what], "version": flag.version}

    answer = caller.post(f"{address}{what}/", body)

    if shown.status_code == 404:
        assert name in {"nisha", "paul", "grace", "lena"}
        assert answer.status_code == 404
        return
    verdict = shown.json()["may"][what.replace("-", "_")]
    if verdict["allowed"]:
        assert answer.status_code == 200, answer.content
    else:
        assert answer.status_code in {403, 409}
        assert answer.json()["detail"] == verdict["reason"]

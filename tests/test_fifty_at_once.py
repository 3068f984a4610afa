"""Fifty people press the same button at once: one does it, the others learn that it is done.

Recommendations have theirs in `tests/returninterviews/test_recommendations_at_once.py`.
"""

import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from cases.models import Deadline, MissingEpisode, TimelineEntry
from cases.services import reports
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.core.verdicts import Refused
from placements.models import PlacementNotification
from placements.services import notices
from returninterviews.models import Account, Interview
from returninterviews.services import accounts
from tests.partnership import Partnership, act_now, member
from tests.placements.telling import current, notice_to
from tests.returninterviews.telling import come_back, held, offer, refer, written

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


def colleagues(of: Agency, role: Role = Role.PRACTITIONER, **unit: Any) -> list[Membership]:
    return [member(of, role, name=f"Worker {number}", **unit) for number in range(MANY)]


def at_once(people: list[Membership], do: Callable[[Act], object]) -> tuple[Membership, list[str]]:
    """Let all do one thing at the same moment; return who did it, and what the others were told."""
    acts = [act_now(person) for person in people]
    together = threading.Barrier(len(people))
    did: list[Membership] = []
    told: list[str] = []

    def press(act: Act) -> None:
        try:
            together.wait()
            do(act)
            did.append(act.own_membership)
        except Refused as refused:
            told.append(str(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(told) == MANY - 1, told
    [winner] = did
    return winner, told


def happened(kind: str) -> int:
    """Return how often something stands in the history of the child."""
    return TimelineEntry.objects.filter(kind=kind).count()


def running(kind: str) -> int:
    return Deadline.objects.running().filter(kind=kind).count()


def test_one_of_fifty_accepts_an_interview(world: Partnership) -> None:
    """CON-01: one owner, and the others are told who it is, and when."""
    world.accept(world.report())
    interview = held(world)
    version = Interview.objects.get(pk=interview.pk).version

    winner, told = at_once(
        colleagues(world.birmingham, unit=world.team),
        lambda act: accounts.accept_interview(
            interview_reference=interview.reference, analysis=act.own_membership.user.full_name,
            version=version, act=act,
        ),
    )  # fmt: skip

    accepted = Interview.objects.get(pk=interview.pk)
    assert accepted.accepted_by == winner
    assert accepted.council_analysis == winner.user.full_name
    assert accepted.version == version + 1
    assert len(set(told)) == 1
    assert f"accepted by {winner.user.full_name} on " in told[0]
    assert (happened("returninterviews.accepted"), running("returninterviews.accept")) == (1, 0)
    assert Alert.objects.filter(kind="returninterviews.accepted").count() == 1


def test_one_of_fifty_signs_an_interview(world: Partnership) -> None:
    """CON-01: one account, one summary for each agency, one clock; the others: it is signed."""
    world.accept(world.report())
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    version = Interview.objects.get(pk=interview.pk).version
    met_at = act_now(world.lena).now

    winner, told = at_once(
        colleagues(world.charity),
        lambda act: accounts.sign_interview(
            interview_reference=interview.reference,
            written=written(met_at, away=act.own_membership.user.full_name),
            version=version, token=uuid4(), act=act,
        ),
    )  # fmt: skip

    account = Account.objects.get()
    assert (account.signed_by, account.away) == (winner, winner.user.full_name)
    assert set(told) == {"This interview is signed. It cannot be changed any more."}
    assert interview.recommendations.count() == 2
    assert interview.summaries.values("agency").distinct().count() == interview.summaries.count()
    assert (happened("returninterviews.signed"), running("returninterviews.accept")) == (1, 1)
    assert running("returninterviews.hold") == 0
    assert Alert.objects.filter(kind="returninterviews.signed").count() == 1


def test_one_of_fifty_acknowledges_a_notice(world: Partnership) -> None:
    """CON-01: the others are told who, and when."""
    notice = notice_to(current(world), world.kent_police)

    winner, told = at_once(
        colleagues(world.kent_police, unit=world.desk),
        lambda act: notices.acknowledge_notice(
            notice_reference=notice.reference, holder=act.own_membership.user.full_name,
            system_reference="KP-1", version=notice.version, act=act,
        ),
    )  # fmt: skip

    kept = PlacementNotification.objects.get(pk=notice.pk)
    assert (kept.acknowledged_by, kept.holder) == (winner, winner.user.full_name)
    assert kept.version == notice.version + 1
    assert len(set(told)) == 1
    assert told[0].startswith(f"{winner.user.full_name} has already acknowledged this notice, on ")
    assert happened("placements.acknowledged") == 1
    owed = Deadline.objects.get(reference=notice.reference, kind="placements.acknowledge")
    assert owed.done_by == winner
    assert Alert.objects.filter(subject_reference=notice.reference).count() == 1


def test_one_of_fifty_accepts_a_report(world: Partnership) -> None:
    """CON-01: one police reference, and everybody asked once."""
    report = world.report()

    winner, told = at_once(
        colleagues(world.kent_police, Role.CONTROL_ROOM, unit=world.desk),
        lambda act: reports.accept_report(
            episode_reference=report.episode.reference,
            police_reference=f"KP-{act.own_membership.user.full_name}",
            version=report.episode.version, act=act,
        ),
    )  # fmt: skip

    episode = MissingEpisode.objects.get()
    assert episode.accepted_by == winner
    assert episode.police_reference == f"KP-{winner.user.full_name}"
    assert set(told) == {"This report has already been accepted."}
    assert (happened("cases.accepted"), running("cases.accept_report")) == (1, 0)
    asked = Alert.objects.filter(kind="cases.question_asked").values_list("agency", flat=True)
    assert len(asked) == len(set(asked)) == 3

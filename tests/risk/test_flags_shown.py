"""Where flags are shown: words, panel, evidence, lists; after a move; and that expired is expired everywhere."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from cases import events, panels
from cases.access import view_of
from cases.models import Child, Deadline, Grant
from cases.rules import Audience, Part
from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from risk import queries, rules
from risk.models import Flag
from risk.panels import flag_text
from risk.queries import FLAG_EVIDENCE, ShownFlag
from risk.rules import IN_FORCE, OVER, FlagClock, FlagOutcome, FlagState
from tests.api.calling import Caller
from tests.partnership import Partnership
from tests.risk.flagging import (
    CANARY_DISAGREEMENT,
    CANARY_FIRST,
    CANARY_GROUNDS,
    CANARY_REASONS,
    CANARY_WORDING,
    Flagging,
)

pytestmark = pytest.mark.django_db


def overdue(people: Flagging) -> Flag:
    flag = people.active()
    Flag.objects.filter(pk=flag.pk).update(review_on=people.today - timedelta(days=1))
    flag.refresh_from_db()
    return flag


DECLINED, AMENDED = FlagOutcome.DECLINED, FlagOutcome.AMENDED
WAYS: dict[FlagState, Callable[[Flagging], Flag]] = {
    FlagState.REQUESTED: lambda people: people.ask(),
    FlagState.DECLINED: lambda people: people.decide(people.ask(), DECLINED),
    FlagState.DISPUTED: lambda people: people.disagree(people.decide(people.ask(), DECLINED)),
    FlagState.ACCEPTED: lambda people: people.decide(people.ask()),
    FlagState.ACTIVE: lambda people: people.active(),
    FlagState.REVIEW_OVERDUE: overdue,
    FlagState.EXPIRED: lambda people: people.expired(),
    FlagState.TO_TAKE_OFF: lambda people: people.end(people.active()),
    FlagState.ENDED: lambda people: people.take_off(people.end(people.active())),
}
WORDS = {
    FlagState.REQUESTED: "Requested, not decided (Kent Police)",
    FlagState.DECLINED: "Declined (Kent Police)",
    FlagState.DISPUTED: "Declined, the council disagrees (Kent Police)",
    FlagState.ACCEPTED: "Accepted, not entered yet (Kent Police)",
    FlagState.ACTIVE: "Active (Kent Police)",
    FlagState.REVIEW_OVERDUE: "Active, review overdue (Kent Police)",
    FlagState.EXPIRED: "Expired (Kent Police)",
    FlagState.TO_TAKE_OFF: "Ended, to be taken off (Kent Police)",
    FlagState.ENDED: "Ended (Kent Police)",
}


@pytest.fixture
def people(world: Partnership) -> Flagging:
    return Flagging(world)


def evidence(people: Flagging, person: Membership) -> list[panels.Evidence]:
    source = next(each for each in panels.evidence_sources() if each.key == FLAG_EVIDENCE)
    act = people.act(person)
    return source.items(view_of(act=act, reference=people.ava.reference), act)


def panel(people: Flagging, person: Membership) -> dict[str, Any] | None:
    shown = next(each for each in panels.panels() if each.key == "flags")
    act = people.act(person)
    return shown.context(view_of(act=act, reference=people.ava.reference), act)


def test_each_state_has_its_way_and_its_words() -> None:
    assert set(WAYS) == set(WORDS) == set(FlagState)


@pytest.mark.parametrize("state", FlagState)
def test_evidence_says_where_a_flag_stands(people: Flagging, state: FlagState) -> None:
    flag = WAYS[state](people)

    (item,) = evidence(people, people.ruth)

    assert item.title == f"Flag: {WORDS[state]}"
    # Only a flag in force asks for a reason when the level chosen is lower.
    kind = "risk.flag" if state in IN_FORCE else "risk.flag_other"
    assert (item.kind, item.reference) == (kind, flag.reference)
    assert (item.owner, item.audience) == (people.world.birmingham, Audience.STATUTORY)
    assert not item.is_police_only
    assert CANARY_GROUNDS in item.text
    assert f"If missing: {CANARY_FIRST}" in item.text
    assert ("Flagged: at high risk of harm." in item.text) == (state in IN_FORCE)
    assert (CANARY_DISAGREEMENT in item.text) == (state == FlagState.DISPUTED)
    if state not in IN_FORCE | {FlagState.REQUESTED, FlagState.DECLINED, FlagState.DISPUTED}:
        assert "It does not hold any more" in item.text or "does not hold any more" in item.text


def test_evidence_of_what_the_force_changed(people: Flagging) -> None:
    people.decide(people.ask(), AMENDED)

    (item,) = evidence(people, people.ruth)

    assert "Flagged: at medium risk of harm." in item.text
    assert "Not entered on the force's system yet." in item.text
    assert f"If missing: {CANARY_WORDING}" in item.text
    assert f"The force said: {CANARY_REASONS}" in item.text


def test_evidence_is_only_for_parts_that_open_flags(people: Flagging) -> None:
    people.active()
    assert evidence(people, people.world.nisha) == []
    assert panel(people, people.world.nisha) is None


@pytest.mark.parametrize("state", FlagState)
def test_an_expired_flag_looks_active_nowhere(people: Flagging, state: FlagState) -> None:
    """On the page, the panel, the tab, the list, the evidence and in the API: the oracle is the rule."""
    flag = WAYS[state](people)
    is_in_force = state in IN_FORCE
    client, caller = people.world.client(people.ruth), Caller(people.ruth)
    child = people.ava.reference

    for address in (
        f"/cases/{child}/", f"/cases/{child}/flags/", f"/cases/{child}/flags/{flag.reference}/",
        "/flags/?box=in_force",
    ):  # fmt: skip
        shown = client.get(address, secure=True)
        assert shown.status_code == 200
        text = shown.content.decode()
        main = text[text.index("<main") :]
        is_listed = flag.reference in main
        red = "govuk-tag--red" in main
        assert red == (is_listed and state in {FlagState.ACTIVE, FlagState.REVIEW_OVERDUE}), address
        if state == FlagState.EXPIRED:
            assert ">Active" not in main, address
    listed = client.get("/flags/?box=in_force", secure=True).content.decode()
    assert (flag.reference in listed) == is_in_force
    for row in (
        caller.get(f"/children/{child}/flags/{flag.reference}/").json(),
        *caller.get(f"/children/{child}/flags/").json()["results"],
        *caller.get("/flags/", box="in_force").json()["results"],
    ):
        assert (row["state"], row["is_in_force"]) == (state, is_in_force)
        assert row["words"] == WORDS[state]
    (item,) = evidence(people, people.ruth)
    assert ("Flagged:" in item.text) == is_in_force
    context = panel(people, people.ruth)
    assert context is not None
    assert [each.is_in_force for each in context["flags"]] == (
        [] if state == FlagState.ENDED else [is_in_force]
    )


def test_boxes_agree_with_the_rule(people: Flagging) -> None:
    """Every standing that the database takes is in just the lists that its state says."""
    flag = people.ask()
    yesterday, tomorrow = (people.today + timedelta(days=days) for days in (-1, 1))
    tried = 0
    for outcome, disagreed, again, entered, changed, review, expiry, ended, off in product(
        ("", "accepted", "amended", "declined"),
        (False, True), (False, True), (False, True), (False, True),
        (yesterday, people.today, tomorrow), (yesterday, people.today, tomorrow),
        (False, True), (False, True),
    ):  # fmt: skip
        holds = outcome in {"accepted", "amended"}
        if (
            (again and not disagreed)
            or (disagreed and outcome in {"", "accepted"} and not again)
            or (entered and not holds)
            or (changed and not entered)
            or (ended and outcome == "declined")
            or (off and not (entered and ended))
            or (holds and review > expiry)
            or (not holds and (review, expiry) != (tomorrow, tomorrow))
        ):
            continue
        tried += 1
        now, person = people.now, people.ruth
        Flag.objects.filter(pk=flag.pk).update(
            outcome=outcome,
            decided_at=now if outcome else None,
            decided_by=person if outcome else None,
            reasons="Why" if outcome else "",
            level="high" if holds else "",
            wording="Words" if outcome == "amended" else "",
            review_on=review if holds else None,
            expires_on=expiry if holds else None,
            disagreed_at=now if disagreed else None,
            disagreed_by=person if disagreed else None,
            disagreement="No" if disagreed else "",
            redecided_at=now if again else None,
            entered_at=now if entered else None,
            entered_by=person if entered else None,
            system_reference="1" if entered else "",
            changed_at=now if changed else None,
            ended_at=now if ended else None,
            ended_by=person if ended else None,
            ended_reasons="Why" if ended else "",
            taken_off_at=now if off else None,
            taken_off_by=person if off else None,
        )
        stored = Flag.objects.get(pk=flag.pk)
        state = rules.flag_state(stored.standing, today=people.today)
        whole = Flag.objects.all()
        assert whole.in_force(people.today).exists() == (state in IN_FORCE), stored.standing
        assert whole.over().exists() == (state in OVER), stored.standing
        waits = state in {FlagState.REQUESTED, FlagState.DISPUTED} | IN_FORCE
        assert whole.waiting_or_in_force(people.today).exists() == waits, stored.standing
        owes = (
            (
                waits
                and not (state in IN_FORCE and entered and not changed and review > people.today)
            )
            or state in {FlagState.EXPIRED, FlagState.TO_TAKE_OFF}
            or (state in IN_FORCE and stored.standing.is_disputed)
        )
        assert whole.to_do(people.today).exists() == owes, stored.standing
    assert tried > 100


# --- after a move


def placed(people: Flagging, force: Any) -> None:
    child = Child.objects.select_for_update().get(pk=people.ava.pk)
    events.child_placed.send(
        sender=Child, child=child, starts_at=people.now, force=force, council=None,
        act=people.act(people.colin),
    )  # fmt: skip


def test_after_a_move_the_force_there_is_asked_to_review(people: Flagging) -> None:
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    held = people.active()

    placed(people, people.world.west_midlands)

    asked = Flag.objects.get(force=people.world.west_midlands)
    assert (asked.follows, asked.council, asked.outcome) == (held, people.world.birmingham, "")
    assert (asked.grounds, asked.if_missing) == (held.grounds, held.if_missing)
    deadline = Deadline.objects.running().get(reference=asked.reference)
    assert (deadline.kind, deadline.agency) == (FlagClock.DECIDE, people.world.west_midlands)
    alert = Alert.objects.get(kind="risk.flag_review")
    assert (alert.agency, alert.subject_reference) == (people.world.west_midlands, asked.reference)
    words = "Active with Kent Police, not yet reviewed by West Midlands Police"
    titles = [item.title for item in evidence(people, people.tom)]
    assert titles == [f"Flag: {words}", "Flag: Active (Kent Police)"]
    page = people.world.client(people.tom).get(f"/cases/{people.ava.reference}/", secure=True)
    assert words in page.content.decode()
    people.decide(asked, by=people.tom)
    titles = [item.title for item in evidence(people, people.tom)]
    assert titles[0] == "Flag: Accepted, not entered yet (West Midlands Police)"


def test_after_a_move_the_force_of_before_sees_no_place(people: Flagging) -> None:
    """It keeps its flag, and the part of its flag, without the places of the child."""
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    held = people.active()
    Grant.objects.filter(child=people.ava, agency=people.world.kent_police).exclude(
        source=held.reference
    ).update(ended_at=people.now)

    placed(people, people.world.west_midlands)

    live = Grant.objects.live(people.now).filter(agency=people.world.kent_police)
    assert [grant.part for grant in live] == [Part.HOME_FORCE]
    assert evidence(people, people.marcus)


def test_words_of_a_move_follow_the_flag_of_before(people: Flagging) -> None:
    """What has expired there is not said to be active, here or there."""
    held = people.active()
    placed(people, people.world.west_midlands)
    asked = Flag.objects.get(force=people.world.west_midlands)
    yesterday = people.today - timedelta(days=1)
    Flag.objects.filter(pk=held.pk).update(review_on=yesterday, expires_on=yesterday)

    (shown,) = [
        ShownFlag(flag, people.today)
        for flag in Flag.objects.filter(pk=asked.pk).select_related("force", "follows__force")
    ]

    assert shown.words == "Requested, not decided (West Midlands Police)"
    assert "Active" not in shown.words + flag_text(shown)


@pytest.mark.parametrize("state", set(FlagState) - IN_FORCE)
def test_a_move_asks_nobody_about_what_does_not_hold(people: Flagging, state: FlagState) -> None:
    WAYS[state](people)
    placed(people, people.world.west_midlands)
    assert not Flag.objects.filter(force=people.world.west_midlands).exists()


def test_a_move_within_the_area_or_to_nobody_asks_nobody(people: Flagging) -> None:
    people.active()
    placed(people, people.world.kent_police)
    placed(people, None)
    assert Flag.objects.count() == 1
    placed(people, people.world.west_midlands)
    placed(people, people.world.west_midlands)
    assert Flag.objects.count() == 2


def test_the_end_of_a_placement_changes_nothing(people: Flagging) -> None:
    flag = people.active()
    before = Flag.objects.filter(pk=flag.pk).values().get()
    events.placement_ended.send(
        sender=Child, child=people.ava, ended_at=people.now, act=people.act(people.colin)
    )
    assert Flag.objects.filter(pk=flag.pk).values().get() == before


# --- evidence that grounds rest on


def test_grounds_rest_on_what_the_record_shows(
    people: Flagging, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = panels.Evidence(
        kind="test.item", reference="RI-7K3Q-9F2H-B", title="Interview of 3 May", text="",
        at=people.now, owner=people.world.birmingham, audience=Audience.STATUTORY,
    )  # fmt: skip
    kept = panels.Evidence(
        kind="test.item", reference="PN-7K3Q-9F2H-B", title="Note", text="", at=people.now,
        owner=people.world.kent_police, audience=Audience.OWN, is_police_only=True,
    )  # fmt: skip
    source = panels.EvidenceSource("interviews", 20, "Interviews", lambda _view, _act: [item, kept])
    monkeypatch.setitem(panels._evidence, "interviews", source)
    client = people.world.client(people.ruth)
    address = f"/cases/{people.ava.reference}/flags/ask/"

    page = client.get(address, secure=True)
    assert "Interview of 3 May" in page.content.decode()
    assert "PN-7K3Q-9F2H-B" not in page.content.decode()
    form = page.context["form"]
    answer = client.post(
        address,
        {
            "force": people.world.kent_police.reference, "level": "high",
            "grounds": CANARY_GROUNDS, "if_missing": CANARY_FIRST, "told": "yes",
            "evidence": ["RI-7K3Q-9F2H-B"], "token": str(form["token"].value()),
        },
        secure=True,
    )  # fmt: skip

    assert answer.status_code == 302
    assert Flag.objects.get().evidence == ["RI-7K3Q-9F2H-B"]
    assert (
        "Interview of 3 May" in client.get(answer.headers["Location"], secure=True).content.decode()
    )


def test_the_next_deadline_of_a_flag_is_shown(people: Flagging) -> None:
    flag = people.decide(people.ask())
    act = people.act(people.ruth)
    view = view_of(act=act, reference=people.ava.reference)
    shown = queries.flag_of(view, act, flag.reference)
    assert shown is not None
    assert shown.due is not None
    assert shown.due.kind == FlagClock.ENTER

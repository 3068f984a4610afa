"""A generated nation is the same for the same seed, and its records are as the services leave them."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.db.models import Count
from pytest_django import Settings

from cases import access, queries
from cases.models import (
    Child,
    ChildIdentifier,
    ChildName,
    ChildPermission,
    Grant,
    MissingEpisode,
    Opening,
)
from cases.receivers import KINDS
from cases.rules import Right
from cases.services import sharing
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.rules import State
from missingchildren.audit.acts import Channel
from missingchildren.core.encryption import decrypt
from missingchildren.core.identifiers import clean
from missingchildren.core.names import search_form
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import NotFound
from missingchildren.demo.generating import nation, records, tables
from missingchildren.demo.generating.filling import AlreadyFilled, fill
from missingchildren.demo.management.commands import generate
from tests.demo.partitions import kept
from tests.factories import AgencyFactory, act_for

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

TODAY = date(2025, 6, 1)
NOW = datetime(2025, 6, 1, tzinfo=UTC)
CHILDREN = 300
# One in fourteen, as at full size 50,000 of 700,000.
WIDEST = 21
ENCRYPTED = {"contact_phone", "place", "reason"}

SCHEMA = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'index', tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text, '' FROM pg_trigger
 WHERE NOT tgisinternal
"""


@pytest.fixture(autouse=True)
def _no_partition_stays() -> Iterator[None]:
    """Drop the months that generating adds to the log: other tests count on its default."""
    with kept():
        yield


def _rows(query: str) -> list[tuple[Any, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _fill(*, seed: int = 7, children: int = CHILDREN) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        fill(cursor, children=children, seed=seed, today=TODAY)


def _everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every generated row, encrypted texts in clear."""
    found = {}
    for table, columns in {**nation.COLUMNS, **tables.COLUMNS}.items():
        hidden = {at for at, name in enumerate(columns) if name in ENCRYPTED}
        found[table] = [
            tuple(
                decrypt(value) if at in hidden and str(value).startswith("gAAAA") else str(value)
                for at, value in enumerate(row)
            )
            for row in _rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
        ]
    return found


def _dump(*, seed: int) -> dict[str, list[tuple[Any, ...]]]:
    """Generate, read everything, and undo it."""
    with transaction.atomic(using="owner"):
        _fill(seed=seed)
        found = _everything()
        transaction.set_rollback(True, using="owner")
    return found


def test_same_seed_gives_the_same_records_and_another_gives_others() -> None:
    first, second, other = _dump(seed=7), _dump(seed=7), _dump(seed=8)

    assert len(first["cases_missingepisode"]) > CHILDREN
    assert first == second
    assert first["cases_childname"] != other["cases_childname"]


def _schema() -> set[tuple[str, ...]]:
    """Return every index, constraint and trigger, however a server's version writes its casts."""
    return {
        tuple(re.sub(r"::(character varying|text)(\[\])?|[()]", "", str(part)) for part in row)
        for row in _rows(SCHEMA)
        if "audit_entry_" not in str(row[1])
    }


def test_every_index_constraint_and_trigger_is_back_afterwards() -> None:
    before = _schema()

    _fill()

    assert _schema() == before
    assert not _rows("SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid")


def test_permission_rows_are_what_recomputing_makes_of_the_grants() -> None:
    """AZ-05: expired and ended grants open nothing, in generated records too."""
    _fill()
    act = Act(now=NOW, channel=Channel.COMMAND)
    generated = _permission_rows()

    for child in Child.objects.all():
        with transaction.atomic():
            sharing.recompute(child=child, act=act)

    assert len({row[0] for row in generated}) > CHILDREN / 4
    assert _permission_rows() == generated
    assert Grant.objects.filter(ended_at__isnull=False).exists()
    assert Grant.objects.filter(ended_at=None, ends_at__lt=NOW).exists()


def _permission_rows() -> list[tuple[Any, ...]]:
    return sorted(
        tuple(map(str, row))
        for row in ChildPermission.listed.values_list(
            "content_object",
            "group",
            "permission",
            "sort_at",
            "missing_since",
            "is_restricted",
            "valid_until",
        )
    )


def test_lists_and_checks_agree_for_every_viewer_of_a_generated_nation() -> None:
    """AZ-02: for the widest, the narrowest, and one of each kind of agency."""
    _fill()
    everyone = list(Child.objects.order_by("pk"))

    for agency in _viewers():
        for membership in Membership.objects.filter(agency=agency).order_by("pk"):
            act = act_for(membership, now=NOW)
            opened = {child.pk for child in everyone if _may_open(act, child)}
            assert _listed(act) == opened, membership
            assert set(Child.objects.visible_to(act).values_list("pk", flat=True)) == opened, (
                membership
            )
            assert queries.children_page(act=act).count == len(opened)
            assert queries.missing_page(act=act).count == sum(
                child.pk in opened and child.missing_since is not None for child in everyone
            )


def _viewers() -> list[Agency]:
    """Return the widest agency of every kind, and the narrowest viewer."""
    widest: dict[str, Agency] = {}
    rows = ChildPermission.listed.filter(permission__codename=Right.CHILD)
    counts = dict(rows.values_list("group").annotate(Count("pk")))
    for agency in Agency.objects.order_by("pk"):
        best = widest.get(agency.kind)
        if best is None or counts.get(agency.group_id, 0) > counts.get(best.group_id, 0):
            widest[agency.kind] = agency
    return [*widest.values(), Agency.objects.get(name="Two Rivers House")]


def _listed(act: Act) -> set[int]:
    """Return the keys of every child on every page of the list."""
    listed: list[int] = []
    page = queries.children_page(act=act)
    listed += [child.pk for child in page.rows]
    while page.next_key:
        page = queries.children_page(act=act, after=page.next_key)
        listed += [child.pk for child in page.rows]
    assert len(listed) == len(set(listed))
    return set(listed)


def _may_open(act: Act, child: Child) -> bool:
    try:
        access.view_of(act=act, reference=child.reference)
    except NotFound:
        return False
    return True


def test_widest_viewer_may_open_one_in_fourteen_and_the_narrowest_two() -> None:
    _fill()

    rows = ChildPermission.listed.filter(permission__codename=Right.CHILD)
    counts = {
        agency.name: rows.filter(group=agency.group_id, content_object__is_restricted=False).count()
        for agency in Agency.objects.all()
    }
    assert max(counts.values()) == counts["Metropolitan Police Service"] == WIDEST
    assert counts["Two Rivers House"] == 2
    missing = Child.objects.exclude(missing_since=None)
    assert missing.count() >= records.FEWEST_MISSING
    assert missing.filter(
        permission_rows__group__agency__name="Two Rivers House",
        permission_rows__permission__codename=Right.CHILD,
    ).exists()


def test_numbers_and_names_are_well_formed_and_nobodys() -> None:
    _fill()

    numbers = list(
        ChildIdentifier.objects.filter(kind="nhs_number").values_list("value", flat=True)
    )
    assert len(set(numbers)) == len(numbers) > CHILDREN / 2
    assert all(number.startswith("999") for number in numbers)
    for kind, value in ChildIdentifier.objects.values_list("kind", "value"):
        assert clean(kind, value) == value
    for reference in Child.objects.values_list("reference", flat=True):
        assert normalise_reference(reference, "MC") == reference
    for name in ChildName.objects.all():
        assert name.search == search_form(str(name))
    pupils = ChildIdentifier.objects.filter(kind="upn").values_list("value", flat=True)
    assert all(re.fullmatch(r"[A-Z]\d{3}0000\d{5}", number) for number in pupils)


def test_children_are_children_whenever_they_go_missing() -> None:
    _fill()

    for episode in MissingEpisode.objects.select_related("child"):
        born = episode.child.date_of_birth
        assert born is not None
        assert 0 <= _age(born, on=episode.started_at.date()) < 18
    open_ones = MissingEpisode.objects.open()
    assert set(open_ones.values_list("child", "started_at")) == set(
        Child.objects.exclude(missing_since=None).values_list("pk", "missing_since")
    )


def _age(born: date, *, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_a_second_nation_is_refused() -> None:
    _fill(children=2)

    with pytest.raises(AlreadyFilled):
        _fill(children=2)


def _generate(**options: Any) -> None:
    call_command(generate.Command(), today=TODAY, **options)


def test_alerts_and_their_deliveries_are_as_the_services_leave_them() -> None:
    """ALR-01: every alert has a delivery, and every delivery the steps that led to its state."""
    _fill()

    assert Alert.objects.filter(kind="cases.report_received").exists()
    assert not Alert.objects.filter(deliveries=None).exists()
    for delivery in Delivery.objects.select_related("alert").prefetch_related("transitions"):
        steps = [step.to_state for step in delivery.transitions.order_by("pk")]
        assert steps[-1] == delivery.state
        assert (delivery.state == State.ACKNOWLEDGED) == (
            delivery.alert.acknowledged_at is not None
        )
    assert Opening.objects.exists()
    waiting = Alert.objects.waiting().select_related("agency")
    assert waiting.exists()
    assert all(kinds.of(alert).still_entitled(alert, NOW) for alert in waiting)
    assert {kind for (kind,) in Alert.objects.values_list("kind").distinct()} <= {
        kind.name for kind in KINDS
    }


def test_the_log_lies_in_its_months() -> None:
    """AUD-04: nothing generated falls into the partition that catches what no month takes."""
    _fill()

    assert _rows("SELECT count(*) FROM audit_entry WHERE verb = 'cases.child'")[0][0] > CHILDREN
    assert _rows("SELECT count(*) FROM audit_entry_default")[0][0] == 0


def test_command_refuses_real_installations() -> None:
    with pytest.raises(CommandError, match="not the settings of a demonstration"):
        _generate(children=10)


def test_command_refuses_a_nation_too_small_for_its_narrowest_viewer(
    settings: Settings,
) -> None:
    settings.FICTION_NOTICE = "Fiction."
    with pytest.raises(CommandError, match="two children"):
        _generate(children=1)


def test_command_refuses_a_database_in_use_unless_told(settings: Settings) -> None:
    settings.FICTION_NOTICE = "Fiction."
    AgencyFactory.create()
    with pytest.raises(CommandError, match="not empty"):
        _generate(children=10)

    _generate(children=10, beside=True)

    assert Child.objects.count() == 10


def test_command_says_how_many_rows_each_table_took(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.FICTION_NOTICE = "Fiction."
    _generate(children=10, seed=3)

    said = capsys.readouterr().out
    assert re.search(r"^cases_child +10 ", said, re.MULTILINE)

"""The database itself refuses to change the log, and every field has a class in the register."""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction

from cases.models import Child
from missingchildren.audit import database, privacy
from missingchildren.audit.models import Entry, Operation, Outcome
from missingchildren.audit.services import Unlogged, service
from tests.partnership import Partnership, act_now

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry ADD COLUMN x int",
        "DROP TABLE audit_entry_default",
        "UPDATE cases_childevent SET reference = 'x'",
        "DELETE FROM cases_childevent",
        "UPDATE cases_timelineentry SET kind = 'x'",
        "DELETE FROM alerts_transition",
        "INSERT INTO audit_entry_default SELECT * FROM audit_entry",
        "CREATE TABLE x ()",
        "DELETE FROM django_migrations",
        "SELECT * FROM pg_authid",
    ],
)
def test_the_serving_role_cannot(statement: str) -> None:
    """AUD-05, OPS-11: refused by the database, whatever the code says."""
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_every_append_only_model_is_protected() -> None:
    assert len(database.append_only_models()) > 10
    with connection.cursor() as cursor:
        for model in database.append_only_models():
            cursor.execute(
                "SELECT has_table_privilege(%s, 'UPDATE') OR has_table_privilege(%s, 'DELETE')"
                " OR has_table_privilege(%s, 'TRUNCATE')",
                [model._meta.db_table] * 3,
            )
            assert cursor.fetchone() == (False,), model


def test_every_field_has_a_class() -> None:
    """DAT-05."""
    assert privacy.undeclared() == []
    assert privacy.register()["cases.Location"].fields["place"] == "location"


def test_a_list_names_everyone_it_shows_in_one_line(world: Partnership) -> None:
    """AUD-02: and each child's history shows the look."""
    world.accept(world.report())
    client = world.client(world.ruth)

    client.get("/cases/", secure=True)

    entry = Entry.objects.get(verb="cases.list")
    assert entry.subjects == [world.ava.pk]
    assert entry.user_id == world.ruth.user_id
    assert (entry.operation, entry.outcome) == (Operation.CONSULTATION, Outcome.DONE)
    history = client.get(f"/cases/{world.ava.reference}/history/", secure=True).content.decode()
    assert "Ruth Adeyemi" in history
    assert "Joan Mercer" not in history


def test_who_looked_names_other_agencies_people_by_role(world: Partnership) -> None:
    world.accept(world.report())
    world.client(world.joan).get(f"/cases/{world.ava.reference}/", secure=True)

    shown = world.client(world.ruth).get(f"/cases/{world.ava.reference}/history/", secure=True)

    assert "Kent Police" in shown.content.decode()
    assert "Control room" in shown.content.decode()
    assert "Joan Mercer" not in shown.content.decode()


def test_what_cannot_be_logged_is_not_shown(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D5: no log, no look."""

    def fail(**_: object) -> None:
        raise DatabaseError("the log is full")

    monkeypatch.setattr("missingchildren.audit.log.record", fail)

    answer = world.client(world.ruth).get(f"/cases/{world.ava.reference}/", secure=True)

    assert answer.status_code == 503
    assert b"Bramley" not in answer.content


def test_a_service_that_leaves_no_line_keeps_nothing(world: Partnership) -> None:
    """AUD-01: every service writes its entry, or is undone."""
    act = act_now(world.ruth)
    child = world.ava

    @service(verb="tests.silent", operation=Operation.ALTERATION)
    def silent(*, act: object) -> None:
        Child.objects.filter(pk=child.pk).update(pronouns="they")

    with pytest.raises(Unlogged):
        silent(act=act)

    child.refresh_from_db()
    assert child.pronouns == ""


def test_history_rows_carry_the_act(world: Partnership) -> None:
    report = world.report()
    entry = Entry.objects.get(verb="cases.report")

    events = apps.get_model("cases", "ReportEvent").objects.filter(pgh_obj_id=report.pk)

    assert [event.pgh_context["act"] for event in events] == [str(entry.act_id)]


def test_one_act_writes_each_of_the_operations(world: Partnership) -> None:
    """AUD-01, for the operations that exist: collection, alteration, consultation, disclosure."""
    world.accept(world.report())
    world.client(world.joan).get(f"/cases/{world.ava.reference}/", secure=True)

    for operation in ("collection", "alteration", "consultation", "disclosure"):
        rows = Entry.objects.filter(operation=operation, subjects__contains=[world.ava.pk])
        assert rows.exists(), operation
    assert all(row.recipient for row in Entry.objects.filter(operation="disclosure"))

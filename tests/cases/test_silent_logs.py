"""What people type into a record reaches no log and no message, whatever is committed and sent."""

from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection

from cases.models import Location, Update
from cases.services import updates
from missingchildren.alerts.relay import deliver_next
from tests.cases.full_of_texts import assert_silent, log_everything, world_full_of_texts
from tests.partnership import act_now


@pytest.mark.django_db(transaction=True)
def test_what_is_typed_reaches_no_log_and_no_message(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """AUD-11, LOC-01: server log, act log, timeline, alerts and e-mails hold references only."""
    world = world_full_of_texts()
    log_everything(caplog)
    case = f"/cases/{world.ava.reference}"
    ruth, joan = world.client(world.ruth), world.client(world.joan)
    location = Location.objects.filter(child=world.ava).order_by("pk")[0]
    ruth.post("/cases/", {"search": "canary-search"}, secure=True)
    ruth.post(f"{case}/places/{location.reference}/", secure=True)
    for kind in ("information", "canary-bad-kind"):
        said = {"kind": kind, "text": "canary-update", "happened_at-time": "canary-bad-time"}
        ruth.post(f"{case}/updates/add/", said, secure=True)
    ruth.post(
        f"{case}/sharing/with/{world.kent_council.reference}/",
        {"part": "host council", "reason": "canary-reason is why"}, secure=True,
    )  # fmt: skip
    joan.post(f"{case}/episodes/ME-0000-0000-0/accept/?x=canary-search", secure=True)
    ruth.get("/cases/canary-search/?name=Bramley", secure=True)
    updates.add_update(
        child_reference=world.ava.reference, kind=Update.Kind.INFORMATION, text="canary-update",
        happened_at=act_now(world.ruth).now, token=uuid4(), act=act_now(world.ruth),
    )  # fmt: skip
    while deliver_next():
        pass

    assert mail.outbox
    for message in mail.outbox:
        assert_silent(message.subject + str(message.body) + str(message.extra_headers))
    assert_silent(caplog.text)
    with connection.cursor() as cursor:
        for table in ("audit_entry", "cases_timelineentry", "alerts_alert", "alerts_transition",
                      "alerts_delivery"):  # fmt: skip
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
            assert_silent(cursor.fetchone()[0])

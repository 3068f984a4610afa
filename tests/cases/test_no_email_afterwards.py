"""What was queued for an agency whose part has ended is not sent."""

import pytest
from django.core import mail

from missingchildren.alerts.relay import deliver_next
from tests.cases.test_alerts_and_parts import end_question, school_asked


@pytest.mark.django_db(transaction=True)
def test_no_email_of_an_ended_question_leaves() -> None:
    world = school_asked()
    end_question(world)

    while deliver_next():
        pass

    sent = {message.to[0] for message in mail.outbox}
    assert "desk@kent-police.example" in sent
    assert "office@school.example" not in sent

"""How a message leaves us: one function per channel, which reports what the other side said."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from missingchildren.alerts import rules
from missingchildren.alerts.kinds import Message
from missingchildren.alerts.rules import ChannelName


class Answer(StrEnum):
    """What the other side made of a message."""

    ACCEPTED = "accepted"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"


@dataclass(frozen=True, kw_only=True)
class Result:
    """One attempt's outcome; `reason` is a code for the log, never the server's own words."""

    answer: Answer
    reason: str
    provider_reference: str = ""


def send_email(*, message: Message, address: str, idem_key: str) -> Result:
    """Hand the message to the mail server.

    Every attempt carries the same `Message-ID` and `X-Idempotency-Key`, so that a repeat after a
    crash can be told from a second alert. Sockets give up after `EMAIL_TIMEOUT` seconds.
    """
    message_id = f"<{idem_key}@{urlsplit(settings.SITE_URL).hostname}>"
    email = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[address],
        headers={
            "Message-ID": message_id,
            "X-Idempotency-Key": idem_key,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(fail_silently=False),
    )
    email.message()  # What cannot be written raises here, before anything was sent.
    try:
        email.send(fail_silently=False)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        return _refused(codes[0] if codes else 450)
    except smtplib.SMTPResponseException as refusal:
        return _refused(refusal.smtp_code)
    except (smtplib.SMTPException, OSError) as failure:
        return Result(answer=Answer.TEMPORARY, reason=type(failure).__name__[:40])
    return Result(answer=Answer.ACCEPTED, reason="accepted", provider_reference=message_id)


def _refused(code: int) -> Result:
    answer = Answer.PERMANENT if rules.is_permanent(code) else Answer.TEMPORARY
    return Result(answer=answer, reason=f"smtp_{code}")


# The inbox is missing here: it accepts with the transaction that raises the alert.
SENDERS: dict[ChannelName, Callable[..., Result]] = {ChannelName.EMAIL: send_email}

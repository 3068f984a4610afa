"""The demonstration's own pages: whom to sign in as, and the mail that was sent."""

import mailbox as mailboxes
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from functools import wraps
from heapq import nlargest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from missingchildren.agencies.models import User
from missingchildren.demo import sign_in as signing_in
from missingchildren.demo.checks import demonstration_only

SHOWN = 50

View = Callable[..., HttpResponse]


def in_a_demonstration(view: View) -> View:
    """Answer 404 where the demonstration should not be, even if nobody ran the checks."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if demonstration_only():
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(never_cache(checked))


@dataclass(frozen=True)
class Message:
    """One e-mail as the mailbox page shows it."""

    key: str
    at: datetime
    to: str
    subject: str
    body: str


@in_a_demonstration
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show the cast, one button each."""
    return render(
        request,
        "demo/people.html",
        {"agencies": signing_in.people(), "password": signing_in.PASSWORD},
    )


@in_a_demonstration
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the cast, as freshly as with a second factor."""
    cast = User.objects.filter(is_active=True, email__endswith=".example")
    signing_in.sign_in_as(request, get_object_or_404(cast, email=request.POST.get("email", "")))
    return redirect("/")


@in_a_demonstration
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the newest e-mails that the service has sent."""
    found = nlargest(SHOWN, messages_in(settings.DEMO_MAILDIR), key=lambda message: message.at)  # type: ignore[misc]
    return render(request, "demo/mailbox.html", {"mail": found})


def messages_in(folder: Path) -> list[Message]:
    """Return every e-mail in a maildir, which need not exist yet."""
    if not folder.is_dir():
        return []
    box = mailboxes.Maildir(folder, create=False)
    parser = BytesParser(policy=policy.default)
    return [
        _message(key, box.get_message(key).get_date(), parser.parsebytes(box.get_bytes(key)))
        for key in box.keys()  # noqa: SIM118 a Maildir iterates over messages
    ]


def _message(key: str, at: float, mail: Any) -> Message:
    assert isinstance(mail, EmailMessage)
    text = mail.get_body(preferencelist=("plain",))
    return Message(
        key=key,
        at=datetime.fromtimestamp(at, tz=timezone.get_current_timezone()),
        to=str(mail.get("X-Envelope-To") or mail.get("To") or ""),
        subject=str(mail.get("Subject", "")),
        body=text.get_content() if text else "",
    )

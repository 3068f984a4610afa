"""Keep what a person has typed so far, on the server, encrypted."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cases.models import Draft
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.acts import begin as begin_act
from missingchildren.audit.acts import Channel
from missingchildren.core import clock
from missingchildren.core.encryption import Unreadable, decrypt, encrypt
from missingchildren.core.verdicts import NotPermitted, Stale

LARGEST = 200_000


def find(*, form: str, subject: str = "", act: Act) -> Draft | None:
    """Return this person's draft of a form, if one is kept."""
    return Draft.objects.of(act).filter(form=form, subject=subject).first()


def content(draft: Draft | None) -> dict[str, Any]:
    """Return what was typed."""
    kept: dict[str, Any] = json.loads(draft.content) if draft else {}
    return kept


@transaction.atomic
def save(
    *, form: str, content: dict[str, Any], version: int | None, act: Act, subject: str = ""
) -> Draft:
    """Keep what was typed, replacing what was kept. `version` is the one that was shown.

    Raises:
        Stale: another window has saved since, or there is more text than can be kept.
    """
    text = json.dumps(content)
    if len(text) > LARGEST:
        raise Stale("This is more text than can be kept. Shorten it.")
    days = protocol.value(act.own_agency, "draft_days", clock.london_day(act.now))
    expires_at = act.now + timedelta(days=days)
    Draft.objects.filter(
        user=act.own_membership.user_id, agency=act.own_agency, form=form, subject=subject
    ).filter(expires_at__lte=act.now).delete()
    draft = (
        Draft.objects.of(act).select_for_update(of=("self",)).filter(form=form, subject=subject)
    ).first()
    if draft is None:
        return Draft.objects.create(
            reference=unused(Draft, "DR"),
            user_id=act.own_membership.user_id,
            agency=act.own_agency,
            form=form,
            subject=subject,
            content=text,
            token=uuid4(),
            updated_at=act.now,
            expires_at=expires_at,
        )
    if version is not None and version != draft.version:
        raise Stale("You changed this in another window. Both versions are shown below.")
    draft.content, draft.version = text, draft.version + 1
    draft.updated_at, draft.expires_at = act.now, expires_at
    draft.save(update_fields=["content", "version", "updated_at", "expires_at"])
    return draft


@transaction.atomic
def begin(*, form: str, content: dict[str, Any], act: Act, subject: str = "") -> Draft:
    """Return this person's draft of a form, or begin one with what is known already."""
    return find(form=form, subject=subject, act=act) or save(
        form=form, subject=subject, content=content, version=None, act=act
    )


@transaction.atomic
def hold(*, token: UUID, step: str, typed: dict[str, list[str]]) -> bool:
    """Keep one page that was sent after its writer's session had ended, in the writer's draft.

    The draft's token is the only proof asked for: it was on the page, nobody else has it, and
    nothing is ever shown for it. Returns whether there was such a draft.
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(token=token).first()
    if draft is None or len(json.dumps(typed)) > LARGEST:
        return False
    kept = content(draft)
    kept.setdefault("steps", {})[step] = typed
    kept["held"] = step
    draft.content, draft.version = json.dumps(kept), draft.version + 1
    draft.save(update_fields=["content", "version"])
    return True


# A page of a record, apart from the report's own draft.
PAGE = "page"
PAGE_IS_HELD_FOR = timedelta(hours=24)


def seal(*, address: str, act: Act) -> str:
    """Return what a page's form carries so that it can be kept without its writer's session.

    It opens with our keys alone, and says whose page this is, for which agency, and until when.
    """
    until = (act.now + PAGE_IS_HELD_FOR).timestamp()
    return encrypt(json.dumps([address, act.own_membership.pk, until]))


def hold_page(*, seal: str, address: str, typed: dict[str, list[str]]) -> bool:
    """Keep what was sent to a page after its writer's session had ended, for its writer alone.

    Nothing is ever shown for a seal. Returns whether it was this page's, and its writer may still
    act for the agency.
    """
    try:
        sealed, membership_id, until = json.loads(decrypt(seal))
        act = begin_act(int(membership_id), Channel.WEB)
    except (Unreadable, NotPermitted):
        return False
    if sealed != address or act.now.timestamp() > until or len(json.dumps(typed)) > LARGEST:
        return False
    save(form=PAGE, subject=_subject(address), content=typed, version=None, act=act)
    return True


def held_page(*, address: str, act: Act) -> dict[str, list[str]] | None:
    """Return what this person sent to this page when they were no longer signed in."""
    draft = find(form=PAGE, subject=_subject(address), act=act)
    return content(draft) if draft else None


def discard_page(*, address: str, act: Act) -> None:
    """Forget what was kept for a page: it was sent."""
    discard(form=PAGE, subject=_subject(address), act=act)


def _subject(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:20]


def discard(*, form: str, act: Act, subject: str = "") -> None:
    """Forget a draft: it was sent, or its writer threw it away."""
    Draft.objects.of(act).filter(form=form, subject=subject).delete()

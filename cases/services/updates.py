"""Add what somebody learned while a child is missing; reveal a place; open a record with a reason."""

import json
from datetime import datetime
from uuid import UUID

from cases import access, rules
from cases.models import Location, Opening, Update
from cases.rules import Audience, Fact
from cases.services import sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import Precision, elapsed
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken


@service(verb="cases.add_update", operation=Operation.COLLECTION)
def add_update(
    *,
    child_reference: str,
    kind: Update.Kind,
    text: str,
    happened_at: datetime,
    happened_precision: Precision = Precision.EXACT,
    audience: Audience = Audience.CASE,
    token: UUID | None,
    act: Act,
) -> Update:
    """Add to the open episode what an agency knows; the same token counts once.

    `happened_at` is an aware instant. Audience `own` by a force is police only.

    Raises:
        NotFound: the child is hidden.
        NotPermitted: the agency's part does not include it.
        RuleBroken: the child is not missing, the text is blank, or the time is to come.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="cases.add_update")
    if earlier:
        log.record(
            act=act, operation=Operation.COLLECTION, verb="cases.add_update", objects=[earlier]
        )
        return Update.objects.get(reference=earlier)
    access.can_write_update(view).require(NotPermitted)
    episode = view.child.episodes.open().order_by("-started_at").first()
    if episode is None:
        raise RuleBroken("This child is not missing now.")
    if not text.strip():
        raise RuleBroken("Say what you know.", "text")
    rules.update_time(happened_at=happened_at, now=act.now).require()

    update = Update.objects.create(
        child=view.child,
        episode=episode,
        reference=unused(Update, "MU"),
        owner=act.own_agency,
        audience=audience,
        is_police_only=audience == Audience.OWN and act.own_agency.kind == "force",
        recorded_at=act.now,
        recorded_by=act.membership,
        kind=kind,
        text=text,
        happened_at=happened_at,
        happened_precision=happened_precision,
    )
    timeline.add(
        child=view.child,
        episode=episode,
        kind=Fact.UPDATE,
        reference=update.reference,
        happened_at=happened_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="cases.add_update",
        subjects=[view.child.pk],
        objects=[update.reference],
    )
    submissions.finish(token=token, result=update.reference)
    return update


@service(verb="cases.reveal_location", operation=Operation.CONSULTATION)
def reveal_location(
    *, child_reference: str, location_reference: str, act: Act
) -> tuple[Location, dict[str, str]]:
    """Return one place in clear, and leave one line that says who saw it and on what basis.

    Raises:
        NotFound: the child or the place is hidden: no right to places, or another audience.
        NotPermitted: the record is outside this person's work, and they have not said why.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    location = access.readable_locations(act, view).filter(reference=location_reference).first()
    if location is None:
        raise NotFound("There is no such place, or you may not see it.")
    access.has_reason(view).require(NotPermitted)
    timeline.add(
        child=view.child,
        episode=location.episode,
        kind=Fact.REVEALED,
        reference=location.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.CONSULTATION,
        verb="cases.reveal_location",
        subjects=[view.child.pk],
        objects=[location.reference],
        basis=view.basis,
    )
    place: dict[str, str] = json.loads(location.place)
    return location, place


@service(verb="cases.open_with_reason", operation=Operation.CONSULTATION)
def open_with_reason(
    *, child_reference: str, reason: Opening.Reason, detail: str, act: Act
) -> Opening:
    """Answer "Why are you opening this?": the record opens to this person for twelve hours.

    Raises:
        NotFound: the child is hidden.
        RuleBroken: the reason needs a word more.
    """
    view = access.view_of(act=act, reference=child_reference)
    rules.opening(reason=reason, detail=detail).require()
    opening = Opening.objects.create(
        child=view.child,
        membership=act.own_membership,
        reason=reason,
        detail=detail,
        at=act.now,
        until=elapsed(act.now, rules.LONGEST_OPENING),
    )
    log.record(
        act=act,
        operation=Operation.CONSULTATION,
        verb="cases.open_with_reason",
        subjects=[view.child.pk],
        objects=[view.child.reference],
        basis=f"asked: {reason}",
    )
    return opening

"""Open a child's record for an operation, as the pages open it."""

from rest_framework.request import Request

from cases import access
from cases.access import ChildView
from missingchildren.agencies.api import acting
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.problems import JoinedRecord, ReasonRequired


def opened(request: Request, reference: str) -> ChildView:
    """Return the child as this person may see it.

    Raises:
        NotFound: there is no such child, or it is hidden.
        JoinedRecord: it was joined to another record.
        ReasonRequired: it is outside this person's work, and they have not said why they open it.
    """
    view = found(request, reference)
    access.has_reason(view).require(ReasonRequired)
    return view


def found(request: Request, reference: str) -> ChildView:
    """Return the child, also to somebody who has not yet said why they open it.

    Raises:
        NotFound: there is no such child, or it is hidden.
        JoinedRecord: it was joined to another record, which this person may open.
    """
    act = acting(request)
    reading = reading_of(request)
    try:
        view = access.view_of(act=act, reference=reference)
    except NotFound:
        hidden = access.hidden(act=act, reference=reference)
        if hidden.joined_to:
            raise JoinedRecord(
                "This record was joined to another.", reference=hidden.joined_to
            ) from None
        reading.of([hidden.key] if hidden.key else [])
        raise
    reading.of([view.child.pk], view.child.reference, basis=view.basis)
    return view

"""Count a form or an API call once: the token is claimed in the service's own transaction."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from missingchildren.audit.acts import ActIds
from missingchildren.audit.models import Submission
from missingchildren.core.prepared import Parameter, Prepared
from missingchildren.core.verdicts import RuleBroken


def earlier_result(*, token: UUID | None, act: ActIds, operation: str) -> str | None:
    """Claim `token`, or return what it already led to.

    A second transaction with the same token waits here until the first has ended. No token
    (a task, a command) claims nothing.

    Raises:
        RuleBroken: the token was used by somebody else or for something else.
    """
    if token is None:
        return None
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("claim a submission inside the service's transaction")
    inserted = Submission.objects.bulk_create(
        [
            Submission(
                token=token,
                operation=operation,
                user_id=act.user_id,
                agency_id=act.agency_id,
                at=act.now,
            )
        ],
        ignore_conflicts=True,
    )
    (row,) = _claimed(token=inserted[0].token)
    if (row.operation, row.user_id, row.agency_id) != (operation, act.user_id, act.agency_id):
        raise RuleBroken("This form was already used for something else. Start again.")
    return row.result or None


@Prepared
def _claimed() -> QuerySet[Submission]:
    return Submission.objects.select_for_update().filter(token=Parameter("token"))


def finish(*, token: UUID | None, result: str) -> None:
    """Keep the reference that the claimed token led to."""
    if token is not None:
        Submission.objects.filter(token=token).update(result=result)

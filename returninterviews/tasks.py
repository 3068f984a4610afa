"""Celery tasks: what time alone brings about."""

from typing import Any

from celery import shared_task

from missingchildren.agencies.acts import system_act
from missingchildren.audit.acts import Channel, database_now
from returninterviews import queries
from returninterviews.services.reclaiming import reclaim

# --- recommendations and follow-up actions


@shared_task(ignore_result=True)
def reclaim_what_nobody_sees(**_: Any) -> None:
    """Bring back to the councils what is owed by agencies whose part in a child's record ran out.

    `**_` lets a worker of the previous release accept arguments added since.
    """
    for reference in queries.children_with_orphans(database_now()):
        reclaim(child_reference=reference, act=system_act(Channel.TASK))

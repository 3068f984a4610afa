"""Celery: what time alone brings about."""

from typing import Any

from celery import shared_task

from cases import queries
from cases.services import sharing
from missingchildren.agencies.acts import system_act
from missingchildren.audit.acts import Channel, database_now


@shared_task(ignore_result=True)
def stop_what_nobody_sees(**_: Any) -> None:
    """Stop what is owed by agencies whose part in a child's record ran out.

    `**_` lets a worker of the previous release accept arguments added since.
    """
    unseen = queries.children_with_unseen_clocks(database_now(), but=sharing.passed_on())
    for reference in unseen:
        sharing.close_ended_parts(child_reference=reference, act=system_act(Channel.TASK))

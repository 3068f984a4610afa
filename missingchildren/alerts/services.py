"""What people do with alerts."""

from missingchildren.agencies.acts import Act
from missingchildren.alerts import access, events, outbox, rules
from missingchildren.alerts.models import Alert
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted


@service(verb="alerts.acknowledge", operation=Operation.ALTERATION)
def acknowledge(*, reference: str, act: Act) -> Alert:
    """Answer an alert for the acting agency; whoever comes second is told who was first.

    The alert returned says who and when, which need not be this person, nor now. Nothing more of
    it is sent.

    Raises:
        NotFound: it came to another agency, or does not exist.
        NotPermitted: this person's role does not answer alerts.
    """
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("agency", "unit", "acknowledged_by__user")
        .filter(reference=reference)
        .first()
    )
    if alert is None:
        raise NotFound("There is no such alert.")
    access.can_view(act, alert).require(NotFound)
    access.may_answer_alerts(act).require(NotPermitted)

    first = alert.acknowledged_at is None
    if first:
        alert.acknowledged_at = act.now
        alert.acknowledged_by = act.membership
        alert.save(update_fields=["acknowledged_at", "acknowledged_by"])
        outbox.move_deliveries(alert, rules.ON_ACKNOWLEDGEMENT, act=act, reason="acknowledged")
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="alerts.acknowledge",
        subjects=[] if alert.child_id is None else [alert.child_id],
        objects=[alert.reference, alert.subject_reference],
        basis="" if first else "already_acknowledged",
    )
    if first:
        events.alert_acknowledged.send(sender=Alert, alert=alert, act=act)
    return alert

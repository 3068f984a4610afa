"""Facts about alerts that other apps react to, sent inside the transaction that makes them true."""

from django.dispatch import Signal

# kwargs: alert (Alert), act (Act): the first acknowledgement only
alert_acknowledged = Signal()

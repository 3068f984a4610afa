"""Facts other apps react to. Sent inside the transaction that makes them true."""

from django.dispatch import Signal

# kwargs of each: episode (MissingEpisode), act (Act)
child_reported = Signal()
report_accepted = Signal()
child_returned = Signal()

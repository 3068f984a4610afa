"""Facts other apps react to. Sent inside the transaction that makes them true."""

from django.dispatch import Signal

# kwargs of each: episode (MissingEpisode), act (Act)
child_reported = Signal()
report_accepted = Signal()
child_located = Signal()
child_returned = Signal()
episode_closed = Signal()

# kwargs: deadline (Deadline, locked, with its new time), act (Act)
deadline_extended = Signal()

# kwargs: child (Child, locked), starts_at (datetime, aware), force (Agency or None: the force
# that answers for the place), council (Agency or None: likewise), act (Act). Sent when a placement begins.
child_placed = Signal()
# kwargs: child (Child, locked), ended_at (datetime, aware), act (Act)
placement_ended = Signal()
# kwargs: child (Child, locked), agency (Agency), act (Act). Sent when an agency that could open the
# child no longer can: its last part has ended, or the record is kept from it.
part_ended = Signal()
# kwargs: child (Child, locked), agency (Agency), act (Act). Sent when an agency can open the child
# again, for which clocks had stopped when its last part ended.
part_opened = Signal()

"""What every walk of addresses begins from: a record in which each app has what its pages are about."""

from tests.partnership import Partnership
from tests.placements import walked as placements
from tests.returninterviews import walked_actions, walked_interviews
from tests.risk import walked_flags, walked_rounds

APPS = (placements, walked_rounds, walked_flags, walked_interviews, walked_actions)


def fill_record(world: Partnership) -> None:
    """Let Ava be reported and accepted, and every app tell its part."""
    world.accept(world.report())
    for app in APPS:
        world.walked |= app.prepare(world)


def walked_world() -> Partnership:
    """Return a partnership in which every address has something to show."""
    world = Partnership()
    fill_record(world)
    return world

"""How often and how long children go missing, at what ages: drawn from the base rates."""

from dataclasses import dataclass, field
from random import Random

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 31_557_600
TEN_YEARS = 10 * YEAR
ADULT = 18 * YEAR

# Source: domain.md section 8, base rates; where a rate is of incidents and not of children, these
# figures were set so that the incidents come out near it.
ONCE_MORE = 0.614  # a child who has been missing goes again
OFTEN = 0.02  # children who go again and again
MOST_OFTEN = 120
MEDIAN_ABSENCE = 6 * HOUR
SPREAD = {True: 1.62, False: 1.80}  # looked after: 90 % within 48 hours; else 78 % within 24
LONGEST_ABSENCE = 60 * DAY
SHORTEST = 10 * MINUTE
MEAN_GAP = 60 * DAY
LOOKED_AFTER_BY_EPISODES = ((1, 0.10), (3, 0.19), (9, 0.40), (MOST_OFTEN, 0.80))
WITHDRAWN = 0.01
AWAY = 0.30  # of looked-after absences, counted as away and not missing


@dataclass(slots=True)
class Absence:
    """One time that a child was missing, in seconds since 1970."""

    started: int
    reported: int
    accepted: int | None = None
    located: int | None = None
    returned: int | None = None
    closed: int | None = None
    withdrawn: int | None = None
    is_away: bool = False

    @property
    def is_open(self) -> bool:
        """Return whether the child is still missing."""
        return self.located is None and self.withdrawn is None


@dataclass(slots=True)
class Life:
    """One child's years, as far as this service knows them."""

    born: int
    is_boy: bool
    looked_after_from: int | None
    looked_after_until: int | None
    absences: list[Absence] = field(default_factory=list)

    @property
    def adult_at(self) -> int:
        """Return when the child is eighteen, to the day."""
        return (self.born + ADULT) // DAY * DAY

    def is_looked_after(self, at: int) -> bool:
        """Return whether a council looks after the child at a time."""
        since, until = self.looked_after_from, self.looked_after_until
        return since is not None and since <= at and (until is None or at < until)


def draw(
    rng: Random,
    *,
    now: int,
    missing_now: bool = False,
    looked_after: bool | None = None,
    recent: bool = False,
) -> Life:
    """Draw a life; `recent` lets it begin in the last months, with a child young enough."""
    times = _how_often(rng)
    if looked_after is None:
        share = next(share for most, share in LOOKED_AFTER_BY_EPISODES if times <= most)
        looked_after = rng.random() < share
    age = _first_age(rng, looked_after=looked_after)
    if recent or missing_now:
        age = min(age, 15 * YEAR)
    lengths = [_length(rng, looked_after=looked_after) for _ in range(times)]
    gaps = [6 * HOUR + int(rng.expovariate(1 / MEAN_GAP)) for _ in range(times)]
    starts, lengths = _lay_out(
        rng, age=age, lengths=lengths, gaps=gaps, now=now, recent=recent or missing_now
    )
    if missing_now:
        shift = now - min(int(rng.lognormvariate(11.08, 1.8)) + MINUTE, 200 * DAY) - starts[-1]
        starts = [(start + shift) // MINUTE * MINUTE for start in starts]
    born = starts[0] - age
    absences = [
        _absence(
            rng,
            start,
            length,
            now,
            is_open=missing_now and start == starts[-1],
            is_real=recent or rng.random() > WITHDRAWN,
        )
        for start, length in zip(starts, lengths, strict=True)
    ]
    if looked_after:
        for absence in absences:
            absence.is_away = rng.random() < AWAY
    since, until = _care(rng, born, starts, looked_after=looked_after)
    if until and (until > now or missing_now or recent):
        until = None
    return Life(
        born=born,
        is_boy=rng.random() < (0.56 if looked_after else 0.52),
        looked_after_from=since,
        looked_after_until=until,
        absences=absences,
    )


def _how_often(rng: Random) -> int:
    if rng.random() < OFTEN:
        return min(MOST_OFTEN, int(8 * rng.paretovariate(2)))
    times = 1
    while rng.random() < ONCE_MORE:
        times += 1
    return min(times, MOST_OFTEN)


def _first_age(rng: Random, *, looked_after: bool) -> int:
    """Return the age, in seconds, at which the child first goes missing."""
    draw = rng.random()
    if looked_after:
        low, high = (10, 16) if draw < 0.60 else (16, 17.9) if draw < 0.998 else (5, 10)
    else:
        low, high = (12, 16) if draw < 0.57 else (16, 17.9) if draw < 0.90 else (5, 12)
    return int(rng.uniform(low, high) * YEAR)


def _length(rng: Random, *, looked_after: bool) -> int:
    drawn = MEDIAN_ABSENCE * rng.lognormvariate(0, SPREAD[looked_after])
    return max(SHORTEST, min(LONGEST_ABSENCE, int(drawn)))


def _lay_out(
    rng: Random, *, age: int, lengths: list[int], gaps: list[int], now: int, recent: bool
) -> tuple[list[int], list[int]]:
    """Return when each absence starts and how long it is, all over before `now` and adulthood."""
    first = now - DAY - int(rng.random() * (200 * DAY if recent else TEN_YEARS))
    room = min(now - first, ADULT - age - 2 * DAY) - HOUR
    times = max(1, min(len(lengths), room // DAY))
    lengths, gaps = lengths[:times], gaps[:times]
    shrink = min(1.0, (room - times * SHORTEST * 2) / sum(lengths + gaps))
    starts, shrunk, at = [], [], first // MINUTE * MINUTE
    for length, gap in zip(lengths, gaps, strict=True):
        starts.append(at)
        shrunk.append(max(SHORTEST, int(length * shrink) // MINUTE * MINUTE))
        at += shrunk[-1] + max(SHORTEST, int(gap * shrink) // MINUTE * MINUTE)
    return starts, shrunk


def _absence(
    rng: Random, start: int, length: int, now: int, *, is_open: bool, is_real: bool
) -> Absence:
    limit = now if is_open else start + length
    reported = start + min(int(rng.expovariate(1 / (2 * HOUR))), max(0, limit - start) * 3 // 4)
    accepted = reported + int(rng.expovariate(1 / (9 * MINUTE)))
    if is_open:
        accepted_in_time = accepted if accepted < now and rng.random() < 0.97 else None
        return Absence(start, reported, accepted_in_time)
    if not is_real:
        return Absence(start, reported, withdrawn=reported + 2 * MINUTE)
    returned = start + length
    accepted = min(accepted, returned)
    located = max(accepted, returned - 2 * HOUR) if rng.random() < 0.15 else returned
    closed = returned + int(rng.uniform(1, 20) * DAY)
    return Absence(
        start, reported, accepted, located, returned, closed=closed if closed < now else None
    )


def _care(
    rng: Random, born: int, starts: list[int], *, looked_after: bool
) -> tuple[int | None, int | None]:
    """Return from when until when a council looks after the child; no end: until eighteen."""
    if not looked_after:
        return None, None
    since = max(born + 30 * DAY, starts[0] - int(rng.uniform(30, 1500) * DAY))
    until = born + ADULT
    if rng.random() < 0.4:
        until = min(until, starts[-1] + int(rng.uniform(20, 700) * DAY))
    return since, until

"""Verdicts: whether something is allowed, and the sentence a person reads when it is not."""

from dataclasses import dataclass


class Refused(Exception):
    """An act that was not done, with the reason a person reads."""

    def __init__(self, reason: str, field: str = "") -> None:
        """Keep the sentence, and the name of the form field it belongs beside ("" = none)."""
        super().__init__(reason, field)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        """Return the sentence alone."""
        return self.reason


class NotPermitted(Refused):
    """The person may see this, but may not do this to it."""


class RuleBroken(Refused):
    """Law, practice or plain fact does not allow this now."""


class Stale(Refused):
    """What was judged is no longer what is stored."""


class NotFound(Refused):
    """It does not exist, or this person may not know that it does: the same answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed, with the reason a person reads if it is not."""

    allowed: bool
    reason: str = ""
    field: str = ""

    def __bool__(self) -> bool:
        """Return whether it is allowed."""
        return self.allowed

    def require(self, error: type[Refused] = RuleBroken) -> None:
        """Raise `error` with the reason and field unless allowed."""
        if not self.allowed:
            raise error(self.reason, self.field)


ALLOWED = Verdict(allowed=True)


def refuse(reason: str, field: str = "") -> Verdict:
    """Return the refusal that gives `reason`, beside `field` where one is named."""
    return Verdict(allowed=False, reason=reason, field=field)

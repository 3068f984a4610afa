"""The privacy register: every field of every model has a class, a purpose and a retention.

Source: UK GDPR Art. 5, 25, 30. Our models carry an inner class `Privacy`; other packages' models
are described here. `undeclared()` is what a test refuses.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model
from pghistory.models import Event

CLASSES = ("plain", "personal", "special", "location", "security")


@dataclass(frozen=True)
class Declaration:
    """What a table is for, how long it is kept, and the class of each of its fields."""

    purpose: str
    retention: str
    fields: dict[str, str] = field(default_factory=dict)


_OTHERS: dict[str, Declaration] = {
    "contenttypes.ContentType": Declaration("Django's own", "Life of the system"),
    "auth.Permission": Declaration("Names of permissions", "Life of the system"),
    "auth.Group": Declaration("One per agency, for object permissions", "Life of the agency"),
    "guardian.UserObjectPermission": Declaration("Not used", "Empty"),
    "guardian.GroupObjectPermission": Declaration("Not used", "Empty"),
    "pghistory.Context": Declaration("Not used: each history row has its own", "Empty"),
    "pghistory.MiddlewareEvents": Declaration("A view of all history", "As its rows"),
    "pghistory.Events": Declaration("A view of all history", "As its rows"),
    "sessions.Session": Declaration(
        "Signed-in sessions", "12 hours", {"session_key": "security", "session_data": "security"}
    ),
    "account.EmailAddress": Declaration("Sign-in", "Life of the account", {"email": "personal"}),
    "account.EmailConfirmation": Declaration("Not used", "Empty", {"key": "security"}),
    "mfa.Authenticator": Declaration(
        "Second factors (secrets encrypted)", "Life of the account", {"data": "security"}
    ),
}


def undeclared() -> list[str]:
    """Return each model or field that the register does not describe, or describes twice."""
    problems: list[str] = []
    for model in apps.get_models():
        if issubclass(model, Event):
            continue
        names = {f.name for f in model._meta.concrete_fields}
        declared = getattr(model, "Privacy", None)
        if declared is None:
            if model._meta.label not in _OTHERS:
                problems.append(model._meta.label)
            continue
        problems += _problems_of(model, declared, names)
    return problems


def _problems_of(model: type[Model], declared: type, names: set[str]) -> list[str]:
    """Return what is wrong with one model's inner class."""
    label = model._meta.label
    problems = [
        f"{label}: no {text}"
        for text in ("purpose", "retention")
        if not getattr(declared, text, "")
    ]
    seen: list[str] = [name for kind in CLASSES for name in getattr(declared, kind, ())]
    problems += [f"{label}.{name}: no class" for name in sorted(names - set(seen))]
    problems += [f"{label}.{name}: no such field" for name in sorted(set(seen) - names)]
    problems += [f"{label}.{name}: two classes" for name in set(seen) if seen.count(name) > 1]
    return problems


def register() -> dict[str, Declaration]:
    """Return the whole register by model label."""
    described = dict(_OTHERS)
    for model in apps.get_models():
        declared = getattr(model, "Privacy", None)
        if declared is None or issubclass(model, Event):
            continue
        described[model._meta.label] = Declaration(
            declared.purpose,
            declared.retention,
            {name: kind for kind in CLASSES for name in getattr(declared, kind, ())},
        )
    return described

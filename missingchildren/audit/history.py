"""Row history before and after: one decorator, append-only, each row carrying the act's id."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked(*, exclude: Sequence[str] = ()) -> Callable[[M], M]:
    """Keep every inserted, changed and deleted row of a model, whoever changes it and however.

    Triggers write the history, so bulk updates and raw SQL are caught too.
    """
    decorator: Any = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        exclude=list(exclude),
    )
    return decorator  # type: ignore[no-any-return]

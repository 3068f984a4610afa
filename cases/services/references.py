"""References that no row of a model has yet."""

from django.db.models import Model

from missingchildren.core.references import new_reference


def unused(model: type[Model], prefix: str, *, column: str = "reference") -> str:
    """Return a new reference that no row of `model` has in this column.

    The column stays unique: should another act take it first, the database refuses this one.
    """
    while True:
        reference = new_reference(prefix)
        if not model._default_manager.filter(**{column: reference}).exists():
            return reference

"""References that no row of a model has yet."""

from django.db.models import Model, QuerySet

from missingchildren.core.prepared import Parameter, by_shape
from missingchildren.core.references import new_reference


def unused(model: type[Model], prefix: str, *, column: str = "reference") -> str:
    """Return a new reference that no row of `model` has in this column.

    The column stays unique: should another act take it first, the database refuses this one.
    """
    while True:
        reference = new_reference(prefix)
        if not _taken(model=model, column=column)(reference=reference):
            return reference


@by_shape
def _taken(*, model: type[Model], column: str) -> QuerySet[Model, int]:
    rows = model._default_manager.filter(**{column: Parameter("reference")})
    return rows.values_list("pk", flat=True)

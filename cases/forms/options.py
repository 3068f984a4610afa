"""Answers that depend on who asks."""

from collections.abc import Sequence

from missingchildren.web.forms import CheckboxesField, Choice, Form, RadioField, SelectField


def offer(form: Form, name: str, options: Sequence[Choice | tuple[str, str]]) -> None:
    """Offer these answers in one field of one form."""
    field = form.fields[name]
    if not isinstance(field, RadioField | CheckboxesField | SelectField):
        raise TypeError(f"{name} has no answers to choose from")
    field.offer(options)

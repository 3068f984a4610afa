"""Fields of what is sent and answered; what a page asks for is read by the page's own form."""

import copy
import re
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError as FormError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from missingchildren.web.forms import EARLIEST_YEAR, LATEST_YEAR

RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
FULL_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
REFERENCE = "[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]"
NOT_A_TIME = "Send a time with its offset, like 2026-11-23T22:05:00Z."
NOT_A_DATE = "Send a date like 2011-05-04."
NOT_TEXT = "Send text."


class In(serializers.Serializer[Any]):
    """What an operation takes. A name that it does not take is refused, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        """Return what was sent, or every reason why it cannot be used."""
        if not isinstance(data, dict):
            raise ValidationError({"": ["Send an object."]})
        unknown = {name: ["There is no such field here."] for name in data.keys() - self.fields}
        try:
            typed = super().to_internal_value(data)
        except ValidationError as problem:
            if not isinstance(problem.detail, dict):
                raise
            raise ValidationError({**problem.detail, **unknown}) from None
        if unknown:
            raise ValidationError(unknown)
        return typed


class Out(serializers.Serializer[Any]):
    """What an operation answers: the fields named here and no others.

    A field that is not `required` is left out where no part opens it.
    """

    def to_representation(self, instance: Any) -> Any:
        """Return the fields that are there: what is left out is not the same as null."""
        shown = super().to_representation(instance)
        if not isinstance(instance, dict):
            return shown
        return {name: value for name, value in shown.items() if name in instance}


class Nothing(In):
    """An operation that takes no body, or an empty object."""


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field[datetime, Any, str, Any]):
    """A moment: any offset is taken, UTC is answered. How exactly it is known stands apart."""

    def to_internal_value(self, data: Any) -> datetime:
        """Return the moment in UTC."""
        text = data.upper() if isinstance(data, str) and len(data) < 40 else ""
        if not RFC_3339.fullmatch(text) or not text.isascii():
            raise ValidationError(NOT_A_TIME)
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise ValidationError(NOT_A_TIME) from None
        if not EARLIEST_YEAR < moment.year < LATEST_YEAR:
            raise ValidationError("Check the year.")
        return moment.astimezone(UTC)

    def to_representation(self, value: datetime) -> str:
        """Return the moment as RFC 3339 writes it."""
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field[date, Any, str, Any]):
    """A calendar date."""

    def to_internal_value(self, data: Any) -> date:
        """Return the date."""
        if not isinstance(data, str) or not FULL_DATE.fullmatch(data):
            raise ValidationError(NOT_A_DATE)
        try:
            day = date.fromisoformat(data)
        except ValueError:
            raise ValidationError(NOT_A_DATE) from None
        if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValidationError("Check the year.")
        return day

    def to_representation(self, value: date) -> str:
        """Return the date as RFC 3339 writes it."""
        return value.isoformat()


@extend_schema_field({"type": "string", "pattern": f"^{REFERENCE}$"})
class Reference(serializers.Field[str, Any, str, Any]):
    """A reference such as MC-7K3Q-9F2H-B."""

    def to_internal_value(self, data: Any) -> str:
        """Return the reference."""
        if not isinstance(data, str) or not re.fullmatch(REFERENCE, data):
            raise ValidationError("Send a reference like MC-7K3Q-9F2H-B.")
        return data

    def to_representation(self, value: str) -> str:
        """Return the reference."""
        return value


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": 2**31 - 1})
class Version(serializers.Field[int, Any, int, Any]):
    """The version of what was judged: it changes whenever somebody changes the record."""

    def to_internal_value(self, data: Any) -> int:
        """Return the version."""
        whole = type(data) is int or (type(data) is float and data.is_integer())
        if not whole or not 1 <= data < 2**31:
            raise ValidationError("Send the version that you were shown.")
        return int(data)

    def to_representation(self, value: int) -> int:
        """Return the version."""
        return value


class OneOf(serializers.ChoiceField):
    """One word of several, written just so."""

    default_error_messages: ClassVar = {
        "invalid_choice": "This is not one of the words taken here."
    }

    def to_internal_value(self, data: Any) -> Any:
        """Return the word."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input="")
        return super().to_internal_value(data)


class Typed(serializers.Field[str, Any, str, Any]):
    """Text read by a field of a page's form: its length, its characters, its sentences."""

    def __init__(self, form: type[forms.Form], name: str, **kwargs: Any) -> None:
        """Read by the field `name` of `form`, which says whether an answer is needed."""
        self.form, self.name = form, name
        field = form.base_fields[name]
        self.longest: int = field.longest  # type: ignore[attr-defined]
        kwargs.setdefault("required", field.required)
        if not kwargs["required"]:
            kwargs.setdefault("default", "")
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the text as the form would keep it."""
        if not isinstance(data, str):
            raise ValidationError(NOT_TEXT)
        if len(data) > self.longest:
            raise ValidationError(f"This must be {self.longest:,} characters or fewer.")
        if hasattr(self.form, f"clean_{self.name}"):
            form = self.form({self.name: data})
            problems = form.errors.get(self.name)
            if problems:
                raise ValidationError([str(problem) for problem in problems])
            typed: str = form.cleaned_data[self.name]
            return typed
        field = copy.deepcopy(self.form.base_fields[self.name])
        field.required = self.required
        try:
            return str(field.clean(data))
        except FormError as problem:
            raise ValidationError(list(problem.messages)) from None

    def to_representation(self, value: str) -> str:
        """Return the text."""
        return value

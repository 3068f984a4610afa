"""Forms and fields: is the input well formed? What was typed is kept, and each message says what to do."""

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from missingchildren.core.clock import HappensTwice, NoSuchTime, in_london, london_instant
from missingchildren.core.names import (
    DIRECTION_OVERRIDES,
    NOT_CHARACTERS,
    NUL_AND_CONTROLS,
    UnusableText,
    clean_name,
    clean_text,
)
from missingchildren.core.references import normalise_reference

LONGEST_PART = 40  # of a date or a time, as typed
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE)
NAMED_HOURS = {"midnight": time(0), "midday": time(12), "noon": time(12)}
POSTCODE = re.compile(r"(GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2})")


class PartError(ValidationError):
    """A message about some inputs of a field that has several; the first is linked and all are red."""

    def __init__(self, message: str, *, parts: Sequence[str], code: str = "invalid") -> None:
        """Keep the names of the inputs that are wrong."""
        super().__init__(message, code=code)
        self.parts = tuple(parts)


@dataclass(frozen=True)
class Choice:
    """One answer: its hint, and the fields of the same form that choosing it shows."""

    value: str
    label: str
    hint: str = ""
    reveals: str = ""  # the name of a field, or several with spaces between
    needs: bool = True  # what it reveals must then be answered
    divider: str = ""  # a word above it, such as "or"
    exclusive: bool = False  # of checkboxes: choosing it clears the others


class Form(forms.Form):
    """A form in the house style: no browser messages, sentences for errors, revealed fields."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give every required field a sentence of its own."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        stock = str(forms.Field.default_error_messages["required"])
        for name, field in self.fields.items():
            if str(field.error_messages.get("required", stock)) == stock:
                field.error_messages["required"] = _please_answer(name, field)

    def revealed(self) -> dict[str, tuple[str, Choice]]:
        """Return each revealed field with the field and the choice that show it."""
        return {
            revealed: (name, choice)
            for name, field in self.fields.items()
            for choice in getattr(field, "options", ())
            for revealed in choice.reveals.split()
        }

    def add_refusal(self, refusal: Exception) -> None:
        """Show why a service refused: beside its field if it names one of this form, else on top."""
        field = getattr(refusal, "field", "")
        self.add_error(field if field in self.fields else None, str(refusal))

    def _clean_fields(self) -> None:  # Django's own hook between reading and clean()
        super()._clean_fields()  # type: ignore[misc]
        for name, (chooser, choice) in self.revealed().items():
            chosen = self.cleaned_data.get(chooser) or ()
            shown = choice.value == chosen if isinstance(chosen, str) else choice.value in chosen
            if not shown:
                self.errors.pop(name, None)
                self.cleaned_data[name] = self.fields[name].to_python(None)
            elif choice.needs and name not in self.errors and _is_blank(self.cleaned_data[name]):
                self.add_error(name, self.fields[name].error_messages["required"])


class _TypedField(forms.CharField):
    """Text that people type: bounded before any work, and shown again with what was refused removed."""

    lines: ClassVar[bool] = False

    def __init__(
        self, *, max_length: int, subject: str = "", width: int = 0, **kwargs: Any
    ) -> None:
        """Take the name used in messages ("Full name"; the label if not given) and a width in characters."""
        super().__init__(strip=False, **kwargs)
        self.longest, self.subject, self.width = max_length, subject, width

    def to_python(self, value: Any) -> str:
        """Return usable text, or say what is wrong with it."""
        if value in self.empty_values:
            return ""
        clean = clean_text if self.lines else clean_name
        try:
            return clean(str(value), max_length=self.longest)
        except UnusableText as problem:
            raise ValidationError(
                self._sentence(str(value), problem.reason), code="unusable"
            ) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was typed as it is shown again."""
        return _showable(data, longest=self.longest) if isinstance(data, str) else data

    def _sentence(self, typed: str, reason: str) -> str:
        sentence = re.sub(r"^This\b", subject_of(self), reason)
        if len(typed) > 2 * self.longest:
            return f"{sentence} We kept the first {2 * self.longest:,}."
        return f"{sentence} We took them out." if _hides_something(typed) else sentence


class TextField(_TypedField):
    """One line of text."""

    def __init__(self, *, max_length: int = 150, **kwargs: Any) -> None:
        """Take at most a hundred and fifty characters unless told otherwise."""
        super().__init__(max_length=max_length, **kwargs)


class LongTextField(_TypedField):
    """Text of several lines; `count` shows how many characters are left."""

    lines = True
    widget = forms.Textarea

    def __init__(
        self, *, max_length: int = 5_000, rows: int = 5, count: bool = False, **kwargs: Any
    ) -> None:
        """Take five thousand characters in five visible lines unless told otherwise."""
        super().__init__(max_length=max_length, **kwargs)
        self.rows, self.count = rows, count


class PostcodeField(_TypedField):
    """A postcode in the right form ("CT9 1AA"); whether it exists is another question."""

    def __init__(self, **kwargs: Any) -> None:
        """Ask in an input of the right width."""
        super().__init__(max_length=30, width=10, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        """Return the postcode in capitals with its space, or say what one looks like."""
        text = _squeezed(super().to_python(value)).upper()
        if not text:
            return ""
        postcode = f"{text[:-3]} {text[-3:]}"
        if not POSTCODE.fullmatch(postcode):
            raise ValidationError("Enter a full UK postcode, like CT9 1AA", code="postcode")
        return postcode


class ReferenceField(_TypedField):
    """A reference of one kind, however it was read out on the phone."""

    def __init__(self, *, prefix: str, **kwargs: Any) -> None:
        """Take the two letters the reference starts with."""
        super().__init__(max_length=60, width=20, **kwargs)
        self.prefix = prefix
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("spellcheck", "false")

    def to_python(self, value: Any) -> str:
        """Return the reference as it is stored."""
        text = super().to_python(value)
        if not text:
            return ""
        reference = normalise_reference(text, self.prefix)
        if reference is None:
            raise ValidationError(
                f"Check the reference: it looks like {self.prefix}-7K3Q-9F2H-B", code="reference"
            )
        return reference


class _OptionsField(forms.ChoiceField):
    """Answers with hints; plain (value, label) pairs will do."""

    options: tuple[Choice, ...]

    def __init__(
        self, *, options: Iterable[Choice | tuple[str, str]], subject: str = "", **kwargs: Any
    ) -> None:
        """Take the answers in the order shown."""
        self.options = tuple(o if isinstance(o, Choice) else Choice(*o) for o in options)
        self.subject = subject
        super().__init__(choices=[(o.value, o.label) for o in self.options], **kwargs)

    def offer(self, options: Iterable[Choice | tuple[str, str]]) -> None:
        """Offer these answers instead, on one form."""
        self.options = tuple(o if isinstance(o, Choice) else Choice(*o) for o in options)
        self.choices = [(o.value, o.label) for o in self.options]


class RadioField(_OptionsField):
    """One answer out of several; `inline` puts two short ones side by side."""

    widget = forms.RadioSelect

    def __init__(self, *, inline: bool = False, **kwargs: Any) -> None:
        """Say in plain words that an answer is not on the list."""
        super().__init__(**kwargs)
        self.inline = inline
        self.error_messages["invalid_choice"] = "Choose one of the answers shown"


class CheckboxesField(_OptionsField, forms.MultipleChoiceField):
    """Any number of answers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        """Say in plain words that an answer is not on the list."""
        super().__init__(**kwargs)
        self.error_messages["invalid_choice"] = "Choose from the answers shown"


class SelectField(_OptionsField):
    """One answer out of a long list that people know by heart."""


class PartsWidget(forms.Widget):
    """Several inputs read as one mapping of part to what was typed."""

    parts: ClassVar[tuple[str, ...]] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        """Return what was typed, each part cut to a length that can be shown again."""
        return {part: _showable(data.get(f"{name}-{part}") or "") for part in self.parts}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether none of the inputs was sent."""
        return all(f"{name}-{part}" not in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        """Return the identifier of the first input."""
        return f"{id_}-{self.parts[0]}" if id_ else id_

    def decompose(self, value: Any) -> dict[str, str]:
        """Return what each input shows for a stored value."""
        return {part: str(value.get(part, "")) for part in self.parts} if value else {}


class DateWidget(PartsWidget):
    """Day, month and year."""

    parts = ("day", "month", "year")

    def decompose(self, value: Any) -> dict[str, str]:
        """Return the three parts of a date."""
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return super().decompose(value)


class LondonDateTimeWidget(PartsWidget):
    """Day, month, year, time, and which of two hours where the clocks went back."""

    parts = ("day", "month", "year", "time", "occurrence")

    def decompose(self, value: Any) -> dict[str, str]:
        """Return the parts of an instant as London clocks showed it."""
        if isinstance(value, datetime):
            local = in_london(value)
            return {
                **DateWidget().decompose(local.date()),
                "time": f"{local:%H:%M}",
                "occurrence": "second" if local.fold else "first",
            }
        return super().decompose(value)


class DateField(forms.Field):
    """A date in three inputs; months may be written as words."""

    widget = DateWidget

    def __init__(self, *, subject: str = "", **kwargs: Any) -> None:
        """Take the name used in messages ("Date of birth"; the label if not given)."""
        super().__init__(**kwargs)
        self.subject = subject

    def to_python(self, value: Any) -> date | None:
        """Return the date, or say which part is missing or wrong."""
        if isinstance(value, date) or not value or not any(value.values()):
            return value if isinstance(value, date) else None
        return read_date(value, subject_of(self))


class TimeField(forms.Field):
    """A time of day: 22:05, 2205, 10.05pm, midnight."""

    widget = forms.TextInput
    width = 5

    def __init__(self, *, subject: str = "", **kwargs: Any) -> None:
        """Take the name used in messages."""
        super().__init__(**kwargs)
        self.subject = subject

    def to_python(self, value: Any) -> time | None:
        """Return the time."""
        if isinstance(value, time) or not value:
            return value or None
        try:
            return read_time(str(value))
        except ValueError:
            raise ValidationError(_not_a_time(subject_of(self)), code="time") from None

    def prepare_value(self, value: Any) -> Any:
        """Return a stored time as it is typed."""
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what was typed as it is shown again."""
        return _showable(data) if isinstance(data, str) else data


class LondonDateTimeField(forms.Field):
    """A date and a time as clocks in the United Kingdom show them; the value is an instant in UTC."""

    widget = LondonDateTimeWidget

    def __init__(self, *, subject: str = "", **kwargs: Any) -> None:
        """Take the name used in messages ("Time last seen"; the label if not given)."""
        super().__init__(**kwargs)
        self.subject = subject

    def to_python(self, value: Any) -> datetime | None:
        """Return the instant; ask which, if that hour happened twice; refuse one that never did."""
        if isinstance(value, datetime) or not value:
            return value or None
        typed = {part: text for part, text in value.items() if part != "occurrence"}
        if not any(typed.values()):
            return None
        subject = subject_of(self)
        day = read_date(value, subject)
        if not value.get("time"):
            raise PartError(f"{subject} must include a time", parts=("time",))
        try:
            at = read_time(value["time"])
        except ValueError:
            raise PartError(_not_a_time(subject), parts=("time",)) from None
        fold = {"first": 0, "second": 1}.get(value.get("occurrence", ""))
        try:
            return london_instant(day, at, fold=fold)
        except NoSuchTime as problem:
            raise PartError(str(problem), parts=("time",), code="no_such_time") from None
        except HappensTwice as problem:
            raise PartError(str(problem), parts=("occurrence",), code="happens_twice") from None

    def happens_twice(self, value: Any) -> HappensTwice | None:
        """Return both instants if what was typed is an hour that happened twice, else None."""
        typed = LondonDateTimeWidget().decompose(value)
        try:
            london_instant(read_date(typed, ""), read_time(typed.get("time", "")))
        except HappensTwice as both:
            return both
        except (ValueError, ValidationError):
            return None
        return None


class TokenField(forms.UUIDField):
    """A hidden token, new with each blank form, by which a second press is known as the same act."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        """Make a token for each new form."""
        super().__init__(initial=uuid.uuid4, **kwargs)
        self.error_messages["required"] = "Open this page again, then send the form"
        self.error_messages["invalid"] = "Open this page again, then send the form"


class VersionField(forms.IntegerField):
    """The hidden version a form was filled from, compared when it is saved."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        """Refuse versions that no record can have."""
        super().__init__(min_value=0, max_value=2**31 - 1, **kwargs)
        self.error_messages["required"] = "Open this page again, then send the form"
        self.error_messages["invalid"] = "Open this page again, then send the form"


def read_date(typed: Mapping[str, str], subject: str) -> date:
    """Return the date that was typed.

    Raises:
        PartError: something is missing, or there is no such date; it names the inputs.
    """
    missing = [part for part in DateWidget.parts if not typed.get(part)]
    if missing:
        raise PartError(f"{subject} must include a {' and '.join(missing)}", parts=missing)
    year, month = _number(typed["year"]), _month(typed["month"])
    if year is None or len(_squeezed(typed["year"])) != 4:
        raise PartError(f"{subject}: the year must have 4 numbers", parts=("year",))
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise PartError(f"{subject} must be a real date: check the year", parts=("year",))
    if month is None:
        raise PartError(f"{subject} must be a real date: check the month", parts=("month",))
    try:
        return date(year, month, _number(typed["day"]) or 0)
    except ValueError:
        raise PartError(f"{subject} must be a real date: check the day", parts=("day",)) from None


def read_time(typed: str) -> time:
    """Return the time that was typed.

    Raises:
        ValueError: it is not a time of day.
    """
    text = unicodedata.normalize("NFKC", typed[:LONGEST_PART]).strip().lower()
    if text in NAMED_HOURS:
        return NAMED_HOURS[text]
    matched = CLOCK.fullmatch(text)
    if not matched or not text.isascii():
        raise ValueError("not a time of day")
    hour, minute, half = int(matched[1]), int(matched[2] or 0), matched[3]
    if matched[2] is None and half is None:
        raise ValueError("a number alone may be an hour or a mistake")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour on a twelve-hour clock")
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def subject_of(field: forms.Field) -> str:
    """Return what a field is called at the start of a message."""
    return getattr(field, "subject", "") or str(field.label or "This").rstrip("?:")


def _please_answer(name: str, field: forms.Field) -> str:
    """Return "Enter your full name", "Choose …", or the question itself."""
    label = str(getattr(field, "subject", "") or field.label or name.replace("_", " ").capitalize())
    if label.endswith("?"):
        return f"Answer “{label}”"
    if isinstance(field, forms.BooleanField):
        return f"Tick “{label}”"
    chosen = isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
    start = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return f"{'Choose' if chosen else 'Enter'} {start}"


def _is_blank(value: Any) -> bool:
    return value is None or value in ("", [], {}, ())


def _not_a_time(subject: str) -> str:
    return f"{subject} must be a time, like 22:05 or 10:05pm"


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text[:LONGEST_PART]).split())


def _number(text: str) -> int | None:
    digits = _squeezed(text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 4 else None


def _month(text: str) -> int | None:
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    start = _squeezed(text).lower()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else None


def _hides_something(text: str) -> bool:
    return any(
        pattern.search(text) for pattern in (NUL_AND_CONTROLS, DIRECTION_OVERRIDES, NOT_CHARACTERS)
    )


def _showable(text: str | Promise, *, longest: int = LONGEST_PART // 2) -> str:
    """Return text as a page may show it again: bounded, and without what hides or breaks."""
    shown = str(text)[: 2 * longest]
    for pattern in (NUL_AND_CONTROLS, DIRECTION_OVERRIDES, NOT_CHARACTERS):
        shown = pattern.sub("", shown)
    return shown

"""How a form field becomes label, hint, error and input: one place for every page."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from missingchildren.core.clock import in_london
from missingchildren.web import components
from missingchildren.web.forms import (
    Choice,
    DateWidget,
    LondonDateTimeField,
    LondonDateTimeWidget,
    PartsWidget,
)

# Attributes that the components take by name, and those that would fight our own messages.
NAMED = ("autocomplete", "inputmode", "autocapitalize", "pattern", "spellcheck")
DROPPED = {"required", "maxlength", "minlength", "autofocus", "cols", "rows", "class", "type", "id"}
WIDTHS = (2, 3, 4, 5, 10, 20, 30)
HEADINGS = {"": "", "s": "--s", "m": "--m", "l": "--l", "xl": "--xl"}


@dataclass(frozen=True)
class Look:
    """How a page wants a field: `heading` makes its label the page's h1; sizes are s, m, l, xl."""

    heading: bool = False
    size: str = ""
    label: str = ""
    hint: str = ""
    width: int = 0


def field(bound: BoundField, look: Look = Look()) -> SafeString:
    """Return the markup of one field with its message, if any."""
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_widget()
    for kind, build in BUILDERS:
        if isinstance(widget, kind):
            return build(bound, look)
    raise TypeError(
        f"{type(widget).__name__} has no component yet: add it to field_markup.BUILDERS."
    )


def first_input_id(bound: BoundField, error: ValidationError | None = None) -> str:
    """Return the identifier of the input that a message should lead to."""
    widget = bound.field.widget
    if isinstance(widget, PartsWidget):
        parts = getattr(error, "parts", ()) or widget.parts
        return f"{bound.auto_id}-{parts[0]}"
    return bound.auto_id


def errors_of(form: forms.BaseForm) -> list[dict[str, str]]:
    """Return the error summary's lines: those of no field first, then in the order of the page."""
    found = form.errors.as_data()
    lines = [_line(error) for error in found.get("__all__", [])]
    for name in form.fields:
        bound = form[name]
        for error in found.get(name, []):
            href = {} if bound.is_hidden else {"href": f"#{first_input_id(bound, error)}"}
            lines.append(_line(error) | href)
    return lines


def _line(error: ValidationError) -> dict[str, str]:
    return {"text": " ".join(error.messages)}


def _common(bound: BoundField, look: Look) -> dict[str, Any]:
    """Return what every component takes: identifier, name, hint, message."""
    hint = look.hint or bound.help_text
    messages = [str(message) for message in bound.errors]
    return {
        "name": bound.html_name,
        "hint": components.content(hint) if hint else None,
        "errorMessage": components.content(_joined(messages)) if messages else None,
    }


def _joined(messages: list[str]) -> object:
    if len(messages) == 1:
        return messages[0]
    return format_html_join("", '<span class="app-error-line">{}</span>', ((m,) for m in messages))


def _label(bound: BoundField, look: Look, *, block: str = "govuk-label") -> dict[str, Any]:
    """Return a label or a legend; a field alone on its page gives the page its h1."""
    size = look.size or ("l" if look.heading else "")
    text = components.content(look.label or bound.label)
    return text | {
        "classes": f"{block}{HEADINGS[size]}" if size else None,
        "isPageHeading": look.heading,
    }


def _legend(bound: BoundField, look: Look) -> dict[str, Any]:
    size = look.size or ("l" if look.heading else "s")
    sized = Look(heading=look.heading, size=size, label=look.label)
    return {"legend": _label(bound, sized, block="govuk-fieldset__legend")}


def _input_attributes(bound: BoundField) -> dict[str, Any]:
    """Return the widget's own attributes, those the component names apart."""
    attrs = bound.field.widget.attrs
    named = {name: attrs[name] for name in NAMED if name in attrs}
    if str(named.get("spellcheck", "")).lower() in {"true", "false"}:
        named["spellcheck"] = str(named["spellcheck"]).lower() == "true"
    rest = {k: v for k, v in attrs.items() if k not in DROPPED and k not in NAMED}
    return named | {"attributes": rest, "disabled": bound.field.disabled or None}


def _width(bound: BoundField, look: Look) -> str | None:
    wanted = look.width or getattr(bound.field, "width", 0)
    fitting = next((width for width in WIDTHS if width >= wanted), None)
    return f"govuk-input--width-{fitting}" if wanted and fitting else None


def _text(bound: BoundField, look: Look) -> SafeString:
    widget = bound.field.widget
    return components.render(
        "input",
        id=bound.auto_id,
        label=_label(bound, look),
        value=widget.format_value(bound.value()),
        type=getattr(widget, "input_type", "text"),
        classes=_width(bound, look),
        **_common(bound, look),
        **_input_attributes(bound),
    )


def _number(bound: BoundField, look: Look) -> SafeString:
    """Ask for numbers as text: spinners change values under a scrolling wheel."""
    return components.render(
        "input",
        id=bound.auto_id,
        label=_label(bound, look),
        value=bound.field.widget.format_value(bound.value()),
        classes=_width(bound, look),
        **_common(bound, look),
        **({"inputmode": "numeric"} | _input_attributes(bound)),
    )


def _password(bound: BoundField, look: Look) -> SafeString:
    """Ask for a password; what was typed is never sent back."""
    return components.render(
        "password-input",
        id=bound.auto_id,
        label=_label(bound, look),
        **_common(bound, look),
        **_input_attributes(bound),
    )


def _textarea(bound: BoundField, look: Look) -> SafeString:
    counted = getattr(bound.field, "count", False)
    given = _input_attributes(bound)
    return components.render(
        "character-count" if counted else "textarea",
        id=bound.auto_id,
        label=_label(bound, look),
        value=components.multiline(str(bound.value() or "")),
        rows=getattr(bound.field, "rows", 5),
        maxlength=getattr(bound.field, "longest", None) if counted else None,
        **_common(bound, look),
        **given,
    )


def _file(bound: BoundField, look: Look) -> SafeString:
    return components.render(
        "file-upload",
        id=bound.auto_id,
        label=_label(bound, look),
        **_common(bound, look),
        **_input_attributes(bound),
    )


def _choices(bound: BoundField) -> list[Choice]:
    """Return the answers of our own fields, or those of any other choice field."""
    options = getattr(bound.field, "options", None)
    if options is not None:
        return list(options)
    flat = chain.from_iterable(
        label if isinstance(label, list | tuple) else [(value, label)]
        for value, label in bound.field.widget.choices
    )
    return [Choice(value=str(value), label=str(label)) for value, label in flat]


def _items(bound: BoundField, chosen: set[str]) -> list[dict[str, Any]]:
    """Return radios or checkboxes, each with the fields it reveals inside."""
    items: list[dict[str, Any]] = []
    for choice in _choices(bound):
        if choice.divider:
            items.append({"divider": choice.divider})
        item: dict[str, Any] = {
            "value": choice.value,
            "text": choice.label,
            "checked": choice.value in chosen,
            "hint": {"text": choice.hint} if choice.hint else None,
            "behaviour": "exclusive" if choice.exclusive else None,
        }
        if choice.reveals:
            shown = ((field(bound.form[name]),) for name in choice.reveals.split())
            item["conditional"] = {"html": format_html_join("\n", "{}", shown)}
        items.append(item)
    return items


def _radios(bound: BoundField, look: Look) -> SafeString:
    value = bound.value()
    return components.render(
        "radios",
        idPrefix=bound.auto_id,
        fieldset=_legend(bound, look),
        classes="govuk-radios--inline" if getattr(bound.field, "inline", False) else None,
        items=_items(bound, set() if value is None else {str(value)}),
        **_common(bound, look),
    )


def _checkboxes(bound: BoundField, look: Look) -> SafeString:
    return components.render(
        "checkboxes",
        idPrefix=bound.auto_id,
        fieldset=_legend(bound, look),
        items=_items(bound, {str(value) for value in bound.value() or ()}),
        **_common(bound, look),
    )


def _checkbox(bound: BoundField, look: Look) -> SafeString:
    """Ask one yes-or-no question as a single checkbox, its label beside it."""
    common = _common(bound, look)
    item = {
        "value": "on",
        "checked": bool(bound.field.widget.format_value(bound.value()) or bound.value()),
        "hint": common.pop("hint"),
    } | components.content(look.label or bound.label)
    return components.render("checkboxes", idPrefix=bound.auto_id, items=[item], **common)


def _select(bound: BoundField, look: Look) -> SafeString:
    value = bound.value()
    return components.render(
        "select",
        id=bound.auto_id,
        label=_label(bound, look),
        items=[
            {"value": choice.value, "text": choice.label, "selected": choice.value == str(value)}
            for choice in _choices(bound)
        ],
        **_common(bound, look),
        attributes=_input_attributes(bound)["attributes"],
    )


def _date(bound: BoundField, look: Look) -> SafeString:
    return _parts(bound, look, {"day": 2, "month": 2, "year": 4}, "For example, 27 3 2026")


def _date_time(bound: BoundField, look: Look) -> SafeString:
    widths = {"day": 2, "month": 2, "year": 4, "time": 5}
    example = "For example, 27 3 2026 and 22:05 or 10:05pm"
    return _parts(bound, look, widths, example, after=_which_of_two(bound))


def _parts(
    bound: BoundField,
    look: Look,
    widths: dict[str, int],
    example: str,
    after: SafeString | None = None,
) -> SafeString:
    """Return a fieldset of short inputs, only the wrong ones marked red."""
    typed = bound.field.widget.decompose(bound.value())
    wrong = _wrong_parts(bound)
    common = _common(bound, look)
    common["hint"] = common["hint"] or {"text": example}
    del common["name"]
    return components.render(
        "date-input",
        id=bound.auto_id,
        fieldset=_legend(bound, look),
        items=[
            {
                "name": f"{bound.html_name}-{part}",
                "id": f"{bound.auto_id}-{part}",
                "label": part.capitalize(),
                "value": typed.get(part, ""),
                "inputmode": "text" if part == "time" else "numeric",
                "classes": f"govuk-input--width-{width}"
                + (" govuk-input--error" if part in wrong else ""),
            }
            for part, width in widths.items()
        ],
        formGroup={"afterInputs": {"html": after}} if after else None,
        **common,
    )


def _wrong_parts(bound: BoundField) -> set[str]:
    found = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    every = bound.field.widget.parts
    return {part for error in found for part in getattr(error, "parts", every)}


def _which_of_two(bound: BoundField) -> SafeString | None:
    """Return the question which of two equal times is meant, only where there are two."""
    asked = bound.field
    both = asked.happens_twice(bound.value()) if isinstance(asked, LondonDateTimeField) else None
    if both is None:
        return None
    typed = bound.field.widget.decompose(bound.value())
    local = in_london(both.earlier)
    shown = f"{local.hour % 12 or 12}:{local:%M}am"
    unanswered = "occurrence" in _wrong_parts(bound) and not typed.get("occurrence")
    return components.render(
        "radios",
        idPrefix=f"{bound.auto_id}-occurrence",
        name=f"{bound.html_name}-occurrence",
        classes="govuk-radios--small",
        formGroup={"classes": "app-which-of-two"},
        fieldset={
            "describedBy": f"{bound.auto_id}-error" if unanswered else None,
            "legend": {"text": f"The clocks went back that night. Which {shown}?"},
        },
        items=[
            {
                "value": "first",
                "text": f"The first {shown}, before the clocks went back",
                "checked": typed.get("occurrence") == "first",
            },
            {
                "value": "second",
                "text": f"The second {shown}, an hour later",
                "checked": typed.get("occurrence") == "second",
            },
        ],
    )


# Looked through in order: checkboxes derive from radios in Django, and all text from TextInput.
BUILDERS: tuple[tuple[type[forms.Widget], Callable[[BoundField, Look], SafeString]], ...] = (
    (LondonDateTimeWidget, _date_time),
    (DateWidget, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.FileInput, _file),
    (forms.NumberInput, _number),
    (forms.EmailInput, _text),
    (forms.TextInput, _text),
)

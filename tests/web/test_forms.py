"""Fields read what people type, say what is wrong at the input, and keep what was typed."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client

from missingchildren.core.references import new_reference
from missingchildren.web import forms
from missingchildren.web.field_markup import Look, errors_of, field
from tests.timing import at_once
from tests.web.forms_contract import assert_contract
from tests.web.kitchen_sink import EverythingForm, ShortForm
from tests.web.reading_html import Page

pytestmark = pytest.mark.urls("tests.web.urls")


class SeenForm(forms.Form):
    """One London date and time."""

    at = forms.LondonDateTimeField(label="When?", subject="Time last seen")


class DayForm(forms.Form):
    """One date."""

    on = forms.DateField(label="Date of birth")


def seen(day: str, month: str, year: str, clock: str, **more: str) -> SeenForm:
    return SeenForm({"at-day": day, "at-month": month, "at-year": year, "at-time": clock, **more})


def born(day: str, month: str, year: str) -> DayForm:
    return DayForm({"on-day": day, "on-month": month, "on-year": year})


def cleaned(form: forms.Form) -> dict[str, Any]:
    assert form.is_valid(), form.errors
    return form.cleaned_data


# --- text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("Ava\x00Bramley", "contains characters that cannot be shown"),
        ("Ava \u202eyelmarB", "change the direction of writing"),
        ("\u200b\u200b", "cannot be seen"),
        ("x" * 151, "150 characters or fewer"),
    ],
)
def test_unusable_text_is_refused_at_the_field(typed: str, message: str) -> None:
    form = ShortForm({"name": typed})

    assert not form.is_valid()
    assert message in form.errors["name"][0]
    assert form.errors["name"][0].startswith("What is your name ")  # type: ignore[union-attr]


def test_refused_characters_are_taken_out_and_the_rest_is_kept() -> None:
    form = ShortForm({"name": "Ava\x00 \u202eBramley"})

    assert "We took them out." in form.errors["name"][0]
    assert form["name"].value() == "Ava Bramley"
    assert ShortForm({"name": form["name"].value()}).is_valid()


def test_a_name_of_a_megabyte_is_refused_at_once_and_its_start_is_kept() -> None:
    with at_once():
        form = ShortForm({"name": "é" * 1_000_000})
        shown = field(form["name"])
        assert not ShortForm({"name": form["name"].value()}).is_valid(), "never cut short silently"

    assert "must be 150 characters or fewer. We kept the first 300." in form.errors["name"][0]
    assert 'value="' + "é" * 300 + '"' in shown


def test_names_of_every_script_are_welcome() -> None:
    for name in ("Zoë O\u2019Neill-Brown", "محمد علی", "李小龍", "Nguyễn Thị Ánh"):
        assert ShortForm({"name": name}).is_valid(), name


# --- dates


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "\uff13"])
def test_months_are_read_as_numbers_or_words(month: str) -> None:
    assert cleaned(born("27", month, "2011"))["on"] == date(2011, 3, 27)


@pytest.mark.parametrize(
    ("typed", "message", "parts"),
    [
        (("", "3", "2011"), "Date of birth must include a day", ("day",)),
        (("27", "", ""), "Date of birth must include a month and year", ("month", "year")),
        (("31", "2", "2011"), "Date of birth must be a real date: check the day", ("day",)),
        (("x", "2", "2011"), "Date of birth must be a real date: check the day", ("day",)),
        (("1", "13", "2011"), "Date of birth must be a real date: check the month", ("month",)),
        (("1", "2", "11"), "Date of birth: the year must have 4 numbers", ("year",)),
        (("1", "2", "9999"), "Date of birth must be a real date: check the year", ("year",)),
        (("1", "2", "-200"), "Date of birth: the year must have 4 numbers", ("year",)),
        (("", "", ""), "Enter date of birth", ()),
    ],
)
def test_a_wrong_date_names_its_wrong_parts(
    typed: tuple[str, str, str], message: str, parts: tuple[str, ...]
) -> None:
    form = born(*typed)

    error = form.errors.as_data()["on"][0]
    assert error.messages == [message]
    assert getattr(error, "parts", ()) == parts


def test_only_the_wrong_part_turns_red_and_is_linked() -> None:
    form = born("31", "2", "2011")

    page = Page(field(form["on"]))

    assert [e.id for e in page.with_class("govuk-input--error")] == ["id_on-day"]
    assert errors_of(form)[0]["href"] == "#id_on-day"


def test_a_stored_date_fills_the_three_inputs() -> None:
    page = Page(field(DayForm(initial={"on": date(2011, 3, 5)})["on"]))

    values = [e.attributes.get("value") for e in page.elements if e.name == "input"]
    assert values == ["5", "3", "2011"]


# --- times


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("22:05", time(22, 5)),
        ("2205", time(22, 5)),
        ("22.05", time(22, 5)),
        ("10.05pm", time(22, 5)),
        ("10:05 p.m.", time(22, 5)),
        ("1005PM", time(22, 5)),
        ("10pm", time(22)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midnight", time(0)),
        ("905", time(9, 5)),
        ("\uff12\uff12:\uff10\uff15", time(22, 5)),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, read: time) -> None:
    assert forms.read_time(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24:00",
        "10:60",
        "13pm",
        "0am",
        "9",
        "22",
        "late",
        "1:2:3",
        "\u0662\u0662:\u0660\u0665",
        "9" * 100_000,
    ],
)
def test_other_times_are_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message is the field's)
        forms.read_time(typed)


# --- London instants


def test_summer_time_is_an_hour_ahead_of_the_instant() -> None:
    assert cleaned(seen("1", "7", "2026", "22:05"))["at"] == datetime(2026, 7, 1, 21, 5, tzinfo=UTC)


def test_the_hour_that_does_not_exist_is_refused_at_the_time() -> None:
    """TIME: on 29 March 2026 the clocks went from 1am to 2am."""
    form = seen("29", "3", "2026", "01:30")

    error = form.errors.as_data()["at"][0]
    assert "there was no 1:30am" in error.messages[0]
    assert error.code == "no_such_time"
    assert errors_of(form)[0]["href"] == "#id_at-time"
    assert 'value="01:30"' in field(form["at"])


def test_the_hour_that_happens_twice_is_asked_about_and_then_read() -> None:
    """TIME: on 25 October 2026 1:30am came twice."""
    asked = seen("25", "10", "2026", "1:30am")

    assert asked.errors.as_data()["at"][0].code == "happens_twice"
    page = Page(field(asked["at"]))
    assert page.by_id("id_at-occurrence") is not None
    assert errors_of(asked)[0]["href"] == "#id_at-occurrence"

    first = seen("25", "10", "2026", "1:30am", **{"at-occurrence": "first"})
    second = seen("25", "10", "2026", "1:30am", **{"at-occurrence": "second"})
    assert cleaned(first)["at"] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert cleaned(second)["at"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_the_question_which_hour_is_asked_only_then() -> None:
    assert "occurrence" not in field(seen("24", "10", "2026", "1:30am")["at"])
    assert "occurrence" not in field(SeenForm()["at"])


def test_a_stored_instant_comes_back_as_the_same_hour_of_the_two() -> None:
    stored = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    form = SeenForm(initial={"at": stored})
    typed = SeenForm.base_fields["at"].widget.decompose(form["at"].value())

    again = SeenForm({f"at-{part}": text for part, text in typed.items()})
    assert cleaned(again)["at"] == stored
    assert 'value="second" checked' in field(form["at"])


# --- choices


def everything(**more: Any) -> EverythingForm:
    return EverythingForm({"known": "no", "worries": ["online"], **more})


def test_a_revealed_field_must_be_answered_when_its_choice_is_chosen() -> None:
    assert everything(known="yes").errors["place"] == ["Enter where"]
    assert "place" not in everything(known="no").errors
    assert everything(worries=["online", "health"]).errors["medicine"] == [
        "Enter medicine they need"
    ]


def test_what_stands_in_a_hidden_field_is_ignored() -> None:
    form = everything(known="no", place="a\x00b" * 1000)

    assert "place" not in form.errors
    assert form.cleaned_data["place"] == ""


def test_an_answer_that_is_not_offered_is_refused() -> None:
    assert everything(known="maybe").errors["known"] == ["Choose one of the answers shown"]
    assert everything(worries=["x"]).errors["worries"] == ["Choose from the answers shown"]


# --- postcodes and references


@pytest.mark.parametrize("typed", ["CT9 1AA", "ct91aa", " c t9 1 aa ", "CT9\u00a01AA"])
def test_postcodes_are_read_however_they_are_spaced(typed: str) -> None:
    assert forms.PostcodeField().clean(typed) == "CT9 1AA"


@pytest.mark.parametrize(
    "typed", ["CT9", "CT9 1A", "12345", "CT9 1CC", "\uff23\uff34\uff19 \uff11A?", "A" * 29]
)
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):  # type: ignore[attr-defined]
        forms.PostcodeField().clean(typed)


def test_a_reference_is_read_as_it_is_stored() -> None:
    reference = new_reference("MC")

    assert forms.ReferenceField(prefix="MC").clean(reference.lower().replace("-", " ")) == reference
    with pytest.raises(forms.ValidationError):  # type: ignore[attr-defined]
        forms.ReferenceField(prefix="MC").clean("MC-0000")


# --- hostile lengths, and the promise of every form


@pytest.mark.parametrize("name", list(EverythingForm.base_fields))
@pytest.mark.parametrize("character", ["a", "9", "\u0301", " ", "\x00", "-", "\U0001f468\u200d"])
def test_long_hostile_text_is_refused_quickly(name: str, character: str) -> None:
    """INJ-08: 100 kB on every field in under 100 ms."""
    text = character * (100_000 // len(character.encode()))
    data = {name: text} | {
        f"{name}-{part}": text for part in ("day", "month", "year", "time", "occurrence")
    }

    with at_once():
        EverythingForm(data).is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"full_name": "x" * 200, "account": "one\ntwo", "known": "yes", "worries": "health"},
        {
            "seen_at-day": "25", "seen_at-month": "10", "seen_at-year": "2026", "seen_at-time": "1:30",
            "born_on-day": "31", "born_on-month": "2", "born_on-year": "2011", "at_time": "late",
            "postcode": "nowhere", "reference": "?", "password": "secret", "amount": "many",
            "known": "yes", "place": "first\nsecond", "full_name": "Ava",
        },
    ],
    ids=["empty", "some", "wrong"],
)  # fmt: skip
def test_every_problem_is_listed_linked_and_described(
    client: Client, typed: dict[str, str]
) -> None:
    """A11Y-14: the promise that each form of the project is held to."""
    response = client.post("/kitchen-sink/", {"sent": "1", **typed})

    assert_contract(response, response.context["form"])  # type: ignore[arg-type]


def test_a_single_question_is_the_heading_of_its_page() -> None:
    page = Page(field(ShortForm()["name"], Look(heading=True)))

    assert [element.text.strip() for element in page.elements if element.name == "h1"] == [
        "What is your name?"
    ]

"""The pages of an interview as it is written."""

from collections.abc import Mapping
from typing import Any

from missingchildren.web import forms
from returninterviews import rules
from returninterviews.forms.interviews import LONGEST
from returninterviews.models import Account, PlaceKind, Quote, Recommendation
from returninterviews.queries import Told
from returninterviews.rules import (
    LAWFUL_BASES,
    SHARED_WORDS,
    USUAL_BASIS,
    Decision,
    Recipient,
)

YES_OR_NO = [("yes", "Yes"), ("no", "No")]
MOST_ROWS = 10
FEWEST_ROWS = 2
SHORT = 500
# How soon something is recommended: days from the signing.
SOON = {"now": 0, "week": 7, "fortnight": 14, "month": 28}


def _long(label: str, **kwargs: Any) -> forms.LongTextField:
    return forms.LongTextField(label=label, max_length=LONGEST, required=False, **kwargs)


class ExplainedForm(forms.Form):
    """Start, and what was explained."""

    is_explained = forms.RadioField(
        label="Did you explain, before anything else, what you will share and with whom?",
        help_text="Also what you must share whatever the child says",
        options=[
            forms.Choice("yes", "Yes"),
            forms.Choice("no", "No", reveals="not_explained_because"),
        ],
    )
    not_explained_because = forms.LongTextField(
        label="Why not?", max_length=SHORT, required=False, rows=2
    )
    met_at = forms.LondonDateTimeField(label="When did you meet?", subject="Time of the interview")
    place_kind = forms.SelectField(
        label="Where?",
        help_text="The kind of place. Do not write an address here",
        options=[("", "Choose a kind of place"), *PlaceKind.choices],
    )
    is_alone = forms.RadioField(
        label="Did you see the child alone?",
        options=[
            forms.Choice("yes", "Yes"),
            forms.Choice("no", "No", reveals="not_alone_because"),
        ],
    )
    not_alone_because = forms.LongTextField(
        label="Who else was there, and why?", max_length=SHORT, required=False, rows=2
    )
    interpreter = forms.RadioField(
        label="Was there an interpreter?",
        options=[
            forms.Choice(Account.Interpreter.NOT_NEEDED, "Not needed"),
            forms.Choice(Account.Interpreter.INDEPENDENT, "Yes, an independent one"),
            forms.Choice(
                Account.Interpreter.KNOWN,
                "Somebody the child knows",
                reveals="interpreter_because",
            ),
        ],
    )
    interpreter_because = forms.LongTextField(
        label="Why nobody independent?", max_length=SHORT, required=False, rows=2
    )
    parent_asked = forms.RadioField(
        label="Was a parent or carer asked?",
        help_text="A child under 16 may talk with you without their agreement",
        options=[
            forms.Choice(Account.ParentAsked.AGREED, "Yes, and they agreed"),
            forms.Choice(
                Account.ParentAsked.DID_NOT_AGREE,
                "Yes, they did not agree, and the child wanted to talk",
            ),
            forms.Choice(Account.ParentAsked.NOT_ASKED, "No", reveals="parent_because"),
        ],
    )
    parent_because = forms.LongTextField(label="Why not?", max_length=SHORT, required=False, rows=2)

    def __init__(self, *args: Any, asks_parent: bool, **kwargs: Any) -> None:
        """Ask about a parent where the child is under 16, or may be."""
        super().__init__(*args, **kwargs)
        if not asks_parent:
            del self.fields["parent_asked"], self.fields["parent_because"]


class BeforeForm(forms.Form):
    """What led up to it."""

    before = _long("What happened before they went?")
    reasons = forms.CheckboxesField(
        label="What was it about? (optional)",
        help_text="Tick what the child told you",
        options=list(rules.REASONS.items()),
        required=False,
    )
    not_missing = _long(
        "Does the child say they were not missing?",
        help_text="Leave empty if not. Otherwise, in their words",
        rows=3,
    )


class AwayForm(forms.Form):
    """While they were away, and how they came home."""

    away = _long(
        "What happened while they were away?",
        help_text="Where and with whom, as far as the child told you",
        rows=8,
    )
    back = _long("How did they come home, and how are they now?")


class HarmForm(forms.Form):
    """Harm and health."""

    harms = forms.CheckboxesField(
        label="What harm, or risk of it, did the child tell you of?",
        options=list(rules.HARMS.items()),
        required=False,
    )
    harm = _long("What did they tell you about it?")
    health = _long("Is there anything about their health?", rows=3)


class RowsForm(forms.Form):
    """A form of alike rows: those that are filled, and one more."""

    ROW = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make as many rows as are filled, and one more."""
        super().__init__(*args, **kwargs)
        self.rows = min(MOST_ROWS, max(FEWEST_ROWS, self._filled() + 1))
        for number in range(1, self.rows + 1):
            self.add_row(number)

    def add_row(self, number: int) -> None:
        """Add the fields of one row."""
        raise NotImplementedError

    def _filled(self) -> int:
        typed: Mapping[str, Any] = self.data or {}
        return max(
            (
                number
                for number in range(1, MOST_ROWS + 1)
                if str(typed.get(f"{self.ROW}_{number}") or "").strip()
            ),
            default=0,
        )

    def filled(self) -> list[int]:
        """Return the numbers of the rows that are filled."""
        return [
            number
            for number in range(1, self.rows + 1)
            if self.cleaned_data.get(f"{self.ROW}_{number}")
        ]


class WordsForm(RowsForm):
    """The child's own words, each with who may hear it, and what they want."""

    ROW = "quote"
    wishes = _long(
        "What does the child want to happen?",
        help_text="What would help, and who should know or not know",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the child's words first."""
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name != "wishes"), "wishes"])

    def add_row(self, number: int) -> None:
        """Add one thing that the child said."""
        self.fields[f"quote_{number}"] = _long(
            "What they said, in their own words" if number == 1 else "Something else they said",
            rows=2,
        )
        self.fields[f"audience_{number}"] = forms.SelectField(
            label="Who may hear this?",
            options=Quote.Audience.choices,
            required=False,
            initial=Quote.Audience.COUNCIL,
        )


class CarerForm(forms.Form):
    """What a parent or carer said: apart from what the child says."""

    who = forms.TextField(
        label="Who is it?", help_text="Such as mother, or keyworker", max_length=100, width=20
    )
    text = forms.LongTextField(label="What did they tell you?", max_length=LONGEST, rows=8)


class SharingForm(forms.Form):
    """What is shared with whom: one grid, filled as is usual."""

    summary = forms.LongTextField(
        label="Summary",
        help_text=(
            "A few sentences for those it is shared with. They do not read the pages before this"
        ),
        max_length=LONGEST,
        rows=6,
    )
    places_and_people = _long(
        "Places and people that matter for the child's safety (optional)", rows=3
    )
    safety_note = _long(
        "What must those know who look after the child? (optional)",
        help_text="They read only this",
        rows=3,
    )
    is_child_told = forms.RadioField(
        label="Does the child know who is told what?",
        options=[
            forms.Choice("yes", "Yes"),
            forms.Choice("no", "No", reveals="not_told_because"),
        ],
    )
    not_told_because = forms.LongTextField(
        label="Why not?", max_length=SHORT, required=False, rows=2
    )

    def __init__(self, *args: Any, recipients: list[Told], **kwargs: Any) -> None:
        """Add a column of the grid for each agency, filled as is usual for it."""
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        for told in recipients:
            self._add_column(told)

    def _add_column(self, told: Told) -> None:
        reference = told.agency.reference
        for what, usual in rules.GRID[told.recipient].items():
            self.fields[f"{reference}_{what}"] = forms.SelectField(
                label=SHARED_WORDS[what],
                options=[
                    (Decision.SHARE, "Share"),
                    (Decision.PART, "Share in part"),
                    (Decision.WITHHOLD, "Do not share"),
                ],
                initial=usual,
                required=False,
            )
        self.fields[f"{reference}_basis"] = forms.SelectField(
            label="Why the law allows it",
            options=[(code, basis.words) for code, basis in LAWFUL_BASES.items()],
            initial=USUAL_BASIS,
            required=False,
        )
        self.fields[f"{reference}_instead"] = forms.LongTextField(
            label="What they are told of what is shared in part",
            max_length=LONGEST,
            required=False,
            rows=2,
        )
        self.fields[f"{reference}_reason"] = forms.LongTextField(
            label="Why, where you changed something", max_length=SHORT, required=False, rows=2
        )

    def columns(self) -> list[tuple[Told, str, list[Any], bool]]:
        """Return each agency, what it is told so far, its fields, and whether one has a message."""
        shown = []
        for told in self.recipients:
            names = [name for name in self.fields if name.startswith(f"{told.agency.reference}_")]
            has_errors = any(name in self.errors for name in names)
            shown.append((told, self._words(told), [self[name] for name in names], has_errors))
        return shown

    def _words(self, told: Told) -> str:
        """Return what an agency is told as the column stands, in words."""
        chosen = {
            what: self[f"{told.agency.reference}_{what}"].value()
            for what in rules.GRID[told.recipient]
        }
        return rules.told_words(
            {what: Decision(value) for what, value in chosen.items() if value in set(Decision)}
        )

    def own_fields(self) -> list[Any]:
        """Return the fields that belong to no agency and stand in no choice."""
        inside = self.revealed()
        return [
            bound for bound in self if bound.name in self.base_fields and bound.name not in inside
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason for each exception, and for what is told where something is shared in part."""
        typed: dict[str, Any] = super().clean() or {}
        has_note = bool(typed.get("safety_note", ""))
        for told in self.recipients:
            reference = told.agency.reference
            verdict = rules.sharing_with(
                recipient=told.recipient,
                name=told.agency.name,
                decisions=self.decisions(told),
                basis=typed.get(f"{reference}_basis") or USUAL_BASIS,
                reason=typed.get(f"{reference}_reason", ""),
                instead=typed.get(f"{reference}_instead", ""),
                has_note=has_note,
            )
            field = f"{reference}_{verdict.field}"
            if not verdict and field in self.fields and field not in self.errors:
                self.add_error(field, verdict.reason)
        return typed

    def decisions(self, told: Told) -> dict[rules.Shared, Decision]:
        """Return what is decided for one agency; where nothing is chosen, what is usual.

        A safety note that is blank is shared with nobody.
        """
        has_note = bool(self.cleaned_data.get("safety_note", ""))
        usual = rules.usual_decisions(told.recipient, has_note=has_note)
        chosen = {
            what: Decision(value)
            for what in usual
            if (value := self.cleaned_data.get(f"{told.agency.reference}_{what}"))
        }
        if told.recipient == Recipient.CARER and not has_note:
            return usual
        return {**usual, **chosen}


class RecommendationsForm(RowsForm):
    """What is recommended, to whom, and how soon."""

    ROW = "text"

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the agencies of the case."""
        self.agencies = agencies
        super().__init__(*args, **kwargs)

    def add_row(self, number: int) -> None:
        """Add one recommendation."""
        self.fields[f"text_{number}"] = forms.LongTextField(
            label="What do you recommend?" if number == 1 else "What else do you recommend?",
            max_length=2_000,
            required=False,
            rows=2,
        )
        self.fields[f"agency_{number}"] = forms.SelectField(
            label="Who should do it?",
            options=[("", "I do not know"), *self.agencies],
            required=False,
        )
        self.fields[f"role_{number}"] = forms.TextField(
            label="Who there? (optional)", max_length=100, required=False, width=20
        )
        self.fields[f"soon_{number}"] = forms.SelectField(
            label="How soon?",
            options=[
                ("now", "Today: the child may come to harm"),
                ("week", "Within 7 days"),
                ("fortnight", "Within 14 days"),
                ("month", "Within 28 days"),
            ],
            initial="fortnight",
            required=False,
        )

    def priority(self, number: int) -> str:
        """Return how much one recommendation matters."""
        urgent = self.cleaned_data.get(f"soon_{number}") == "now"
        return Recommendation.Priority.URGENT if urgent else Recommendation.Priority.ORDINARY


class SignForm(forms.Form):
    """Sign the interview."""

    checked_by = forms.SelectField(
        label="Who checked it, if anybody? (optional)", options=[], required=False
    )
    version = forms.VersionField(required=False)

    def __init__(self, *args: Any, checkers: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the agency's supervisors and managers."""
        super().__init__(*args, **kwargs)
        self.fields["checked_by"].offer([("", "Nobody"), *checkers])  # type: ignore[attr-defined]

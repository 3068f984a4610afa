"""Forms on flags."""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.forms.options import offer
from missingchildren.web import forms
from risk.rules import FlagLevel, FlagOutcome

LEVELS = [
    forms.Choice(FlagLevel.HIGH, "At high risk of harm"),
    forms.Choice(FlagLevel.MEDIUM, "At medium risk of harm"),
]
TOLD, NOT_TOLD = "yes", "no"


class GroundsForm(forms.Form):
    """What a flag says, as a council asks for it or a force makes it."""

    level = forms.RadioField(
        label="How much harm do you expect if the child goes missing?", options=LEVELS
    )
    grounds = forms.LongTextField(
        label="What harm do you expect, and how do you know?",
        help_text="Write facts: what happened, when, who told you. Do not write an address here.",
        max_length=5000,
        rows=8,
    )
    if_missing = forms.LongTextField(
        label="What should the police do first if the child is missing?", max_length=2000
    )
    evidence = forms.CheckboxesField(
        label="What does it rest on?", options=[], required=False, help_text="Tick what applies"
    )
    told = forms.RadioField(
        label="Has the child been told?",
        options=[
            forms.Choice(TOLD, "Yes"),
            forms.Choice(NOT_TOLD, "No", reveals="child_not_told_because"),
        ],
    )
    child_not_told_because = forms.LongTextField(
        label="Why not?", max_length=500, rows=3, required=False
    )
    token = forms.TokenField()

    def __init__(self, *args: Any, evidence: Mapping[str, str], **kwargs: Any) -> None:
        """Offer what the record shows this person, if it shows anything."""
        super().__init__(*args, **kwargs)
        if evidence:
            offer(self, "evidence", list(evidence.items()))
        else:
            del self.fields["evidence"]


class AskForm(GroundsForm):
    """Ask a force to flag a child."""

    force = forms.SelectField(
        label="Which police force do you ask?",
        help_text="The force where the child lives, unless you know better",
        options=[],
    )

    field_order = ("force",)

    def __init__(self, *args: Any, forces: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the police forces that use this service."""
        super().__init__(*args, **kwargs)
        offer(self, "force", [("", "Choose a police force"), *forces])


class DatesForm(forms.Form):
    """When a flag is looked at again, and when it ends unless it is renewed."""

    review_on = forms.DateField(
        label="When will you review it?",
        subject="Review date",
        help_text="While it is in force",
        required=False,
    )
    expires_on = forms.DateField(
        label="When does it expire?",
        subject="Expiry date",
        help_text="Nobody is flagged for longer unless you renew it",
        required=False,
    )


class MakeForm(GroundsForm, DatesForm):
    """Flag a child for one's own force."""

    field_order = (
        "level", "grounds", "if_missing", "evidence", "told", "child_not_told_because",
        "review_on", "expires_on",
    )  # fmt: skip


class DecideForm(DatesForm):
    """Decide on a request."""

    outcome = forms.RadioField(
        label="What do you decide?",
        options=[
            forms.Choice(FlagOutcome.ACCEPTED, "Accept it as the council asks"),
            forms.Choice(
                FlagOutcome.AMENDED,
                "Accept it in our own words",
                hint="With another level, or other things to do if the child is missing",
                reveals="wording",
            ),
            forms.Choice(FlagOutcome.DECLINED, "Decline it"),
        ],
    )
    wording = forms.LongTextField(
        label="What should officers do first if the child is missing?",
        max_length=2000,
        required=False,
    )
    level = forms.RadioField(
        label="At which level?",
        help_text="As asked, unless you accept it in your own words",
        options=LEVELS,
        required=False,
    )
    reasons = forms.LongTextField(
        label="Why?", help_text="The council reads this", max_length=2000, rows=3
    )
    version = forms.VersionField(required=False)

    field_order = ("outcome", "wording", "level", "reasons", "review_on", "expires_on")


class ReviewForm(DatesForm):
    """Review a flag."""

    outcome = forms.RadioField(
        label="What do you decide?",
        options=[
            forms.Choice(FlagOutcome.RENEWED, "Renew it"),
            forms.Choice(FlagOutcome.LOWERED, "Lower it to medium risk"),
            forms.Choice(FlagOutcome.ENDED, "End it"),
        ],
    )
    reasons = forms.LongTextField(
        label="Why?", help_text="The council reads this", max_length=2000, rows=3
    )
    wording = forms.LongTextField(
        label="What should officers do first if the child is missing?",
        help_text="Leave it as it is unless it changes",
        max_length=2000,
        required=False,
    )
    version = forms.VersionField(required=False)

    field_order = ("outcome", "reasons", "wording", "review_on", "expires_on")


class DisagreeForm(forms.Form):
    """Disagree with what a force decided."""

    disagreement = forms.LongTextField(
        label="Why do you disagree?",
        help_text="The force reads this and decides again, once",
        max_length=2000,
    )
    version = forms.VersionField(required=False)


class EnterForm(forms.Form):
    """Record that a flag is entered on the force's system."""

    system_reference = forms.TextField(
        label="Reference on your system",
        help_text="The number of the marker or warning",
        max_length=40,
        width=20,
    )
    version = forms.VersionField(required=False)


class EndForm(forms.Form):
    """End a flag, or take back a request."""

    reasons = forms.LongTextField(label="Why?", max_length=2000, rows=3)
    version = forms.VersionField(required=False)


class TakeOffForm(forms.Form):
    """Record that a flag is taken off the force's system."""

    version = forms.VersionField(required=False)

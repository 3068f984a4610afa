"""Forms on recommendations and follow-up actions."""

from collections.abc import Iterable
from typing import Any

from cases.forms.options import offer
from cases.rules import Audience
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.web import forms
from returninterviews.rules import LONGEST_TEXT, Helped

NOBODY_YET = "No particular person yet"


class GiveForm(forms.Form):
    """What is to be done, by whom and by when."""

    text = forms.LongTextField(label="What is to be done?", max_length=LONGEST_TEXT, rows=4)
    agency = forms.RadioField(label="Who will do it?", options=[])
    person = forms.SelectField(
        label="Which person or team?", subject="A person or a team", required=False, options=[]
    )
    due_on = forms.DateField(label="By when?", subject="The date")
    token = forms.TokenField()
    version = forms.VersionField(required=False)

    def __init__(
        self,
        *args: Any,
        act: Act,
        agencies: Iterable[Agency],
        people: Iterable[Membership],
        units: Iterable[Unit],
        **kwargs: Any,
    ) -> None:
        """Offer the agencies with a part, one's own first, and people and teams of one's own."""
        super().__init__(*args, **kwargs)
        own = act.own_agency
        choices = [forms.Choice(own.reference, own.name, reveals="person", needs=False)]
        choices += [
            forms.Choice(agency.reference, agency.name)
            for agency in agencies
            if agency.pk != own.pk
        ]  # fmt: skip
        offer(self, "agency", choices)
        offer(
            self,
            "person",
            [
                ("", NOBODY_YET),
                *((unit.reference, unit.name) for unit in units),
                *((person.reference, person.user.full_name) for person in people),
            ],
        )


class SecondGiveForm(GiveForm):
    """The same, in answer to a second look."""

    reasons = forms.LongTextField(
        label="What do you say to the interviewer?",
        help_text="Leave empty if there is nothing to add",
        max_length=LONGEST_TEXT,
        rows=3,
        required=False,
    )


class NotForwardForm(forms.Form):
    """Why a recommendation is not taken forward."""

    reasons = forms.LongTextField(
        label="Why is it not taken forward?",
        help_text="The interviewer reads this, and has to explain it to the child",
        max_length=LONGEST_TEXT,
        rows=5,
    )
    version = forms.VersionField(required=False)


class SecondLookForm(forms.Form):
    """Why a council should look at a recommendation again."""

    words = forms.LongTextField(
        label="Why should the council look at it again?",
        help_text="You can ask once. A manager answers.",
        max_length=LONGEST_TEXT,
        rows=5,
    )
    version = forms.VersionField(required=False)


class KeepForm(forms.Form):
    """Why a recommendation is still not taken forward after a second look."""

    reasons = forms.LongTextField(
        label="Why does it stay as it is?",
        help_text="The interviewer reads this",
        max_length=LONGEST_TEXT,
        rows=5,
    )
    token = forms.TokenField()
    version = forms.VersionField(required=False)


class ProgressForm(forms.Form):
    """How an action is going."""

    text = forms.LongTextField(label="How is it going?", max_length=5_000)
    audience = forms.RadioField(
        label="Who is this for?",
        options=[
            forms.Choice(Audience.CASE, "Everyone who sees this action"),
            forms.Choice(Audience.STATUTORY, "Police, councils and health only"),
        ],
    )
    token = forms.TokenField()


class DoneForm(forms.Form):
    """What was done."""

    evidence = forms.LongTextField(
        label="What was done, and how do you know?",
        help_text="For example who told you, or what you have seen",
        max_length=5_000,
    )
    version = forms.VersionField(required=False)


class DropForm(forms.Form):
    """Why an action is dropped."""

    reasons = forms.LongTextField(
        label="Why is it dropped?", max_length=LONGEST_TEXT, rows=5
    )  # fmt: skip
    version = forms.VersionField(required=False)


class HelpedForm(forms.Form):
    """Whether an action helped."""

    helped = forms.RadioField(
        label="Did it help?",
        options=[
            forms.Choice(Helped.YES, "Yes"),
            forms.Choice(Helped.NO, "No"),
            forms.Choice(Helped.NOT_KNOWN, "Not known"),
        ],
    )
    version = forms.VersionField(required=False)

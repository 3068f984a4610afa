"""The pages of a report, one question each."""

from typing import Any

from django.core.exceptions import ValidationError

from cases.forms.options import offer
from missingchildren.core.clock import Precision
from missingchildren.core.identifiers import NHS_NUMBER, UPN, MalformedIdentifier, clean
from missingchildren.web import forms

SOMEBODY_ELSE = "else"


class ChildForm(forms.Form):
    """Who is missing: one of the children on the agency's own list, or somebody else."""

    child = forms.RadioField(label="Who is missing?", options=[])

    def __init__(self, *args: Any, own: list[tuple[str, str, str]], **kwargs: Any) -> None:
        """Offer the agency's own children: reference, name, and what tells them apart."""
        super().__init__(*args, **kwargs)
        options = [forms.Choice(reference, name, hint=hint) for reference, name, hint in own]
        divider = "or" if options else ""
        offer(
            self, "child", [*options, forms.Choice(SOMEBODY_ELSE, "Somebody else", divider=divider)]
        )


class DetailsForm(forms.Form):
    """A child who is not on the agency's list."""

    given_names = forms.TextField(label="First names", max_length=100, width=20)
    family_name = forms.TextField(label="Last name", max_length=100, width=20)
    date_of_birth = forms.DateField(
        label="Date of birth",
        help_text="Leave empty if you do not know it",
        required=False,
        subject="Date of birth",
    )
    sex = forms.RadioField(
        label="Sex",
        options=[
            forms.Choice("F", "Female"),
            forms.Choice("M", "Male"),
            forms.Choice("unknown", "Not known"),
        ],
        inline=True,
    )
    nhs_number = forms.TextField(
        label="NHS number (optional)", max_length=40, required=False, width=10
    )
    upn = forms.TextField(
        label="Unique pupil number (optional)", max_length=40, required=False, width=20
    )

    def clean_nhs_number(self) -> str:
        """Return the number without spaces, its check digit tested."""
        return self._identifier(NHS_NUMBER, "nhs_number")

    def clean_upn(self) -> str:
        """Return the number without spaces, its check letter tested."""
        return self._identifier(UPN, "upn")

    def _identifier(self, kind: str, name: str) -> str:
        typed = self.cleaned_data[name]
        try:
            return clean(kind, typed) if typed else ""
        except MalformedIdentifier as malformed:
            raise ValidationError(malformed.reason) from malformed


class SeenForm(forms.Form):
    """When the child was last seen."""

    last_seen_at = forms.LondonDateTimeField(
        label="When was the child last seen?",
        help_text="By somebody who knows the child. A time like 21:30 or 9.30pm",
        subject="Time last seen",
    )
    precision = forms.RadioField(
        label="Is this the exact time?",
        options=[
            forms.Choice(Precision.EXACT, "Yes"),
            forms.Choice(Precision.ABOUT, "No, it is about right"),
        ],
        inline=True,
    )


class PlaceForm(forms.Form):
    """Where the child was last seen: decides which police force is told."""

    where = forms.RadioField(label="Where was the child last seen?", options=[])
    postcode = forms.PostcodeField(label="Postcode", required=False)
    force = forms.SelectField(label="Which police force covers it?", options=[], required=False)
    description = forms.TextField(
        label="Where exactly? (optional)",
        help_text="Such as a house number, a shop or a bus stop",
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        own_address: str,
        forces: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer the agency's own address, if it has one, and the forces that use this service."""
        super().__init__(*args, **kwargs)
        options = [
            forms.Choice("postcode", "At a postcode", reveals="postcode"),
            forms.Choice("force", "I do not know the postcode", reveals="force"),
        ]
        if own_address:
            options.insert(0, forms.Choice("own", f"Here, at {own_address}"))
        offer(self, "where", options)
        offer(self, "force", [("", "Choose a force"), *forces])


class WorryForm(forms.Form):
    """Why the reporter is worried."""

    why_worried = forms.LongTextField(
        label="Why are you worried about the child?",
        help_text=(
            "Anything that could put them at risk: health, medicine they need, who they may be "
            "with, what is different this time"
        ),
        max_length=5000,
    )


class TriedForm(forms.Form):
    """What has been done to find the child."""

    done_so_far = forms.LongTextField(
        label="What have you done to find the child?",
        help_text="Calls, messages, places and people you have checked",
        max_length=5000,
        required=False,
    )


class ContactForm(forms.Form):
    """Whom the police ring back."""

    contact_name = forms.TextField(label="Whom should the police ring?", max_length=100)
    contact_phone = forms.TextField(
        label="Telephone number",
        help_text="One that is answered tonight",
        max_length=30,
        width=20,
    )

    def clean_contact_phone(self) -> str:
        """Return a number that can be dialled."""
        typed: str = self.cleaned_data["contact_phone"]
        digits = [character for character in typed if character.isdigit()]
        extra = set(typed) - set("0123456789 +()-.extEXT")
        if extra or not 9 <= len(digits) <= 18:
            raise ValidationError("Enter a telephone number, like 01632 960 001.")
        return typed


class CallForm(forms.Form):
    """A telephone call to the police about a report that nobody has read."""

    happened_at = forms.LondonDateTimeField(label="When did you ring?", subject="Time of the call")
    text = forms.LongTextField(
        label="Whom did you speak to, and what did they say?",
        help_text="With the incident number, if they gave you one",
        max_length=2000,
        rows=4,
    )
    token = forms.TokenField()

"""Forms of placements and of their notices."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from cases.forms.options import offer
from cases.forms.report import ContactForm as ReportContactForm
from missingchildren.agencies.models import Agency, Area, Membership
from missingchildren.web import forms
from placements.models import Placement, PlacementNotification
from placements.rules import KINDS, Approver

TELL = [
    forms.Choice("now", "Yes, send the notices now"),
    forms.Choice("later", "No, I will send them later"),
]
SATISFIED = (
    ("wishes_known", "The child's wishes and feelings are known"),
    ("most_appropriate", "It is the most appropriate placement available"),
    ("fits_plan", "It fits the care plan"),
    ("area_told", "The council of the area was told, or consulted and given the care plan"),
)


class PlacementForm(forms.Form):
    """Propose a home for a child."""

    kind = forms.SelectField(label="What kind of placement is it?", options=[])
    carer = forms.RadioField(
        label="With whom will the child live?",
        options=[forms.Choice(value, label) for value, label in Placement.WithWhom.choices],
    )
    provider = forms.TextField(
        label="Name of the home or fostering agency (optional)",
        help_text="If it uses this service: it then sees the child's record while the child is there",
        max_length=150,
        required=False,
    )
    description = forms.TextField(
        label="Address", help_text="Name or number of the house, and street", max_length=200
    )
    postcode = forms.PostcodeField(label="Postcode")
    arrives_at = forms.LondonDateTimeField(
        label="When does the child arrive?", subject="Time of arrival"
    )
    is_emergency = forms.RadioField(
        label="Is it an emergency?",
        help_text=(
            "The officer must approve it before it starts in any case. In an emergency the area may "
            "be told up to five working days after the start."
        ),
        options=[forms.Choice("no", "No"), forms.Choice("yes", "Yes")],
        inline=True,
    )
    why_this_home = forms.LongTextField(
        label="What does the child need, and why is this home right?",
        help_text="The council and the police of the area read this. Do not write an address here.",
        max_length=5000,
    )
    what_police_should_know = forms.LongTextField(
        label="What should the police there know? (optional)",
        help_text=(
            "Going missing, exploitation, who may look for the child. Only the police of the area "
            "and your own council read this. Do not write an address here."
        ),
        max_length=5000,
        required=False,
    )
    contact_name = forms.TextField(label="Whom should they ring?", max_length=100)
    contact_phone = forms.TextField(
        label="Telephone number", help_text="One that is answered", max_length=30, width=20
    )
    token = forms.TokenField()

    def __init__(self, *args: Any, kinds: Sequence[str] = (), **kwargs: Any) -> None:
        """Offer the kinds of placement of the year."""
        super().__init__(*args, **kwargs)
        offered = [(code, f"{KINDS[code].label} ({code})") for code in kinds]
        offer(self, "kind", [("", "Choose a kind"), *offered])

    def clean_contact_phone(self) -> str:
        """Return a number that can be dialled."""
        return dialled(self.cleaned_data["contact_phone"])


def dialled(typed: str) -> str:
    """Return a number that can be dialled, by the rule of a report's own form."""
    form = ReportContactForm({"contact_name": "x", "contact_phone": typed})
    if not form.is_valid():
        raise ValidationError([str(problem) for problem in form.errors["contact_phone"]])
    number: str = form.cleaned_data["contact_phone"]
    return number


class AreaForm(forms.Form):
    """Say whose area a placement is in."""

    area = forms.SelectField(label="Which area is the home in?", options=[])
    version = forms.VersionField(required=False)

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        """Offer the areas that it may be in."""
        super().__init__(*args, **kwargs)
        offer(self, "area", [("", "Choose an area"), *((area.code, area.name) for area in areas)])


class DecisionForm(forms.Form):
    """Approve a placement or not."""

    how = forms.RadioField(
        label="Who decided?",
        options=[],
    )
    officer = forms.SelectField(label="Who was rung?", options=[], required=False)
    decided_at = forms.LondonDateTimeField(
        label="When did they decide? (only if by telephone)",
        subject="Time of the decision",
        required=False,
    )
    is_approved = forms.RadioField(
        label="What was decided?",
        options=[
            forms.Choice("yes", "Approved"),
            forms.Choice("no", "Not approved"),
        ],
        inline=True,
    )
    satisfied = forms.CheckboxesField(
        label="What the officer is satisfied of",
        help_text="All four; in an emergency the last may follow within five working days",
        options=list(SATISFIED),
        required=False,
    )
    reasons = forms.LongTextField(
        label="Reasons (needed if not approved)", max_length=2000, rows=4, required=False
    )
    version = forms.VersionField(required=False)

    def __init__(
        self,
        *args: Any,
        needed: Approver,
        may_decide: bool,
        officers: list[Membership],
        **kwargs: Any,
    ) -> None:
        """Offer what this person may do: decide, or write down what an officer said."""
        super().__init__(*args, **kwargs)
        told = forms.Choice(
            "telephone", f"The {needed}, by telephone: I write it down", reveals="officer"
        )
        own = [forms.Choice("own", "I did")] if may_decide else []
        offer(self, "how", [*own, told])
        people = [(each.reference, each.user.full_name) for each in officers]
        offer(self, "officer", [("", "Choose the officer"), *people])

    def clean(self) -> dict[str, Any]:
        """Ask for the time of a decision made by telephone."""
        said = super().clean() or self.cleaned_data
        by_telephone = said.get("how") == "telephone"
        if by_telephone and "decided_at" not in self.errors and not said.get("decided_at"):
            self.add_error("decided_at", "Enter when they decided")
        return said


class SendForm(forms.Form):
    """Tell the area of a placement."""

    version = forms.VersionField(required=False)


class StartForm(forms.Form):
    """Record that the child has arrived."""

    started_at = forms.LondonDateTimeField(
        label="When did the child arrive?", subject="Time of arrival"
    )
    tell = forms.RadioField(label="Tell the area now?", options=TELL)
    version = forms.VersionField(required=False)


class EndForm(forms.Form):
    """Record that a placement has ended."""

    ended_at = forms.LondonDateTimeField(
        label="When did the placement end?", subject="Time of the end"
    )
    reason = forms.LongTextField(label="Why did it end?", max_length=500, rows=3)
    tell = forms.RadioField(label="Tell the area now?", options=TELL)
    version = forms.VersionField(required=False)


class WithdrawForm(forms.Form):
    """Take back a placement that has not started."""

    reason = forms.LongTextField(label="Why will it not happen?", max_length=500, rows=3)
    version = forms.VersionField(required=False)


class ByHandForm(forms.Form):
    """Write down that somebody was told who does not use this service."""

    whom = forms.TextField(label="Whom did you tell?", max_length=100)
    how = forms.RadioField(
        label="How?",
        options=[forms.Choice(*choice) for choice in PlacementNotification.How.choices],
    )
    told_at = forms.LondonDateTimeField(label="When?", subject="Time")
    version = forms.VersionField(required=False)


class RerouteForm(forms.Form):
    """Choose who is told in place of who sent a notice back."""

    agency = forms.SelectField(label="Who must be told?", options=[], required=False)
    name = forms.TextField(
        label="Or its name, if it does not use this service",
        help_text="You then tell them by hand",
        max_length=150,
        required=False,
    )
    version = forms.VersionField(required=False)

    def __init__(self, *args: Any, agencies: list[Agency], **kwargs: Any) -> None:
        """Offer the agencies of the kind that the notice is for."""
        super().__init__(*args, **kwargs)
        offer(
            self,
            "agency",
            [("", "Choose an agency"), *((each.reference, each.name) for each in agencies)],
        )


class AcknowledgeForm(forms.Form):
    """Acknowledge that a child is placed in the area."""

    holder = forms.TextField(
        label="Who holds it?", help_text="The person or team who will act on it", max_length=100
    )
    system_reference = forms.TextField(
        label="Reference on your own system", max_length=40, width=20
    )
    response = forms.LongTextField(
        label="What was agreed if the child goes missing? (optional)",
        max_length=2000,
        rows=4,
        required=False,
    )
    version = forms.VersionField(required=False)


class AcknowledgeEndForm(forms.Form):
    """Acknowledge that a placement has ended."""

    version = forms.VersionField(required=False)


class SendBackForm(forms.Form):
    """Say that a notice is not this agency's."""

    reason = forms.LongTextField(
        label="Why is it not yours?",
        help_text="Such as: the address is in another area",
        max_length=500,
        rows=3,
    )
    version = forms.VersionField(required=False)
